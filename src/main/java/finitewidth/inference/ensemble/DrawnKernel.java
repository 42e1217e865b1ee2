package finitewidth.inference.ensemble;

import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NotPositiveDefiniteException;
import finitewidth.linalg.Products;

/**
 * The posterior given one draw of the hidden layers: a Gaussian process with the draw's kernel.
 * O(P³ + T P²).
 */
final class DrawnKernel {
  private DrawnKernel() {}

  /**
   * @param kernel Ĝ on the pairs
   * @param out receives the {@link Quantities}, the weight being 1
   * @return log N(Y; 0, Ĝ_RR + s²) less that of infinite width
   * @throws NotPositiveDefiniteException if Ĝ_RR + s² is singular
   */
  static double condition(EnsembleProblem problem, double[] kernel, double[] out) {
    Pairs pairs = problem.pairs();
    Reference reference = problem.reference();
    Quantities quantities = problem.quantities();
    int p = pairs.training();
    int tests = pairs.tests();
    Matrix a = Matrix.zeros(p, p);
    System.arraycopy(kernel, 0, a.data(), 0, p * p);
    for (int i = 0; i < p; i++) {
      a.add(i, i, problem.noise());
    }
    Cholesky cholesky = Cholesky.of(a);
    Matrix phi = cholesky.solve(problem.targets());
    Matrix cross = Matrix.zeros(tests, p);
    System.arraycopy(kernel, p * p, cross.data(), 0, tests * p);
    Matrix mean = Products.times(cross, phi);
    cholesky.solveLowerRows(cross);
    out[Quantities.WEIGHT] = 1;
    for (int x = 0; x < tests; x++) {
      double variance =
          kernel[pairs.own(p + x)] - Products.dot(cross.data(), x * p, cross.data(), x * p, p);
      for (int i = 0; i < quantities.outputs(); i++) {
        double shift = mean.get(x, i) - reference.mean().get(x, i);
        out[quantities.mean(x, i)] = shift;
        out[quantities.square(x, i)] = variance - reference.variance()[x] + shift * shift;
      }
    }
    return GaussianEvidence.log(cholesky, problem.targets(), phi) - reference.logEvidence();
  }
}
