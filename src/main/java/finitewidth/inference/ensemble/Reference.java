package finitewidth.inference.ensemble;

import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import java.io.Serializable;

/**
 * The posterior at infinite width, which draws are counted from: A = K_RR + s²·1, φ = A⁻¹Y, w =
 * k_xR A⁻¹, B = φφᵀ − m A⁻¹ (docs/theory.md#posterior).
 *
 * @param inverse A⁻¹, P × P
 * @param phi P × m
 * @param weights w, T × P
 * @param b P × P
 * @param mean T × m
 * @param variance T of them
 */
record Reference(
    Matrix inverse,
    Matrix phi,
    Matrix weights,
    Matrix b,
    Matrix mean,
    double[] variance,
    double logEvidence)
    implements Serializable {

  /**
   * @param kernel of the output, on {@code pairs}
   */
  static Reference of(Pairs pairs, double[] kernel, Matrix targets, double noise) {
    int p = pairs.training();
    int tests = pairs.tests();
    Matrix a = Matrix.zeros(p, p);
    System.arraycopy(kernel, 0, a.data(), 0, p * p);
    for (int i = 0; i < p; i++) {
      a.add(i, i, noise);
    }
    Matrix cross = Matrix.zeros(tests, p);
    System.arraycopy(kernel, p * p, cross.data(), 0, tests * p);
    Cholesky cholesky = Cholesky.of(a);
    Matrix inverse = cholesky.inverse();
    Matrix phi = cholesky.solve(targets);
    Matrix b = Products.timesTranspose(phi, phi);
    for (int k = 0; k < b.data().length; k++) {
      b.data()[k] -= targets.cols() * inverse.data()[k];
    }
    double[] variance = new double[tests];
    for (int x = 0; x < tests; x++) {
      double[] half = cholesky.solveLower(cross.row(x));
      variance[x] = kernel[pairs.own(p + x)] - Products.dot(half, 0, half, 0, p);
    }
    return new Reference(
        inverse,
        phi,
        cholesky.solve(cross.transpose()).transpose(),
        b,
        Products.times(cross, phi),
        variance,
        GaussianEvidence.log(cholesky, targets, phi));
  }

  int outputs() {
    return phi.cols();
  }
}
