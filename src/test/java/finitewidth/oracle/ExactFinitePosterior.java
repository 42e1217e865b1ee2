package finitewidth.oracle;

import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;
import finitewidth.prior.Architecture;
import java.util.Arrays;

/**
 * The exact posterior of networks with one hidden layer of finite width
 * (docs/theory.md#exact-posterior): hidden weights are drawn, the last layer is integrated out, and
 * each draw counts with the evidence of its kernel.
 *
 * <p>The stochastic kernel's mean is known exactly, so its elements serve as control variates: the
 * averages are intercepts of regressions on them, which removes the noise of order 1/√n.
 */
public final class ExactFinitePosterior {
  private final double mean;
  private final double variance;
  private final double logEvidence;

  private ExactFinitePosterior(double mean, double variance, double logEvidence) {
    this.mean = mean;
    this.variance = variance;
    this.logEvidence = logEvidence;
  }

  /**
   * @param inputKernel of the training points and, last, the test point
   * @param outputKernel the mean of the stochastic kernel, in the same order
   * @param targets of the training points, one output
   */
  public static ExactFinitePosterior sample(
      Architecture network,
      int width,
      Matrix inputKernel,
      Matrix outputKernel,
      double[] targets,
      double noise,
      int draws,
      long seed) {
    FiniteNetworks networks = new FiniteNetworks(network, new int[] {width}, inputKernel, seed);
    int points = inputKernel.rows();
    int regressors = 1 + PairIndex.count(points);
    Matrix gram = Matrix.zeros(regressors, regressors);
    Matrix moments = Matrix.zeros(regressors, 3);
    double[] row = new double[regressors];
    row[0] = 1;
    for (int draw = 0; draw < draws; draw++) {
      Matrix kernel = networks.drawOutputKernel();
      for (int a = 0; a < points; a++) {
        for (int b = 0; b <= a; b++) {
          row[1 + PairIndex.of(a, b)] = kernel.get(a, b) - outputKernel.get(a, b);
        }
      }
      double[] weighted = weighted(kernel, targets, noise);
      for (int i = 0; i < regressors; i++) {
        for (int j = 0; j < regressors; j++) {
          gram.add(i, j, row[i] * row[j]);
        }
        for (int k = 0; k < 3; k++) {
          moments.add(i, k, row[i] * weighted[k]);
        }
      }
    }
    Matrix intercepts = Cholesky.of(gram).solve(moments);
    double evidence = intercepts.get(0, 0);
    double mean = intercepts.get(0, 1) / evidence;
    return new ExactFinitePosterior(
        mean, intercepts.get(0, 2) / evidence - mean * mean, Math.log(evidence));
  }

  /** N(Y; 0, Ĝ_RR + s²), then that times the draw's predictive mean and second moment. */
  private static double[] weighted(Matrix kernel, double[] targets, double noise) {
    int p = targets.length;
    Matrix a = Matrix.zeros(p, p);
    for (int i = 0; i < p; i++) {
      System.arraycopy(kernel.data(), i * (p + 1), a.data(), i * p, p);
      a.add(i, i, noise);
    }
    Cholesky cholesky = Cholesky.of(a);
    double[] half = cholesky.solveLower(targets);
    double[] cross = cholesky.solveLower(Arrays.copyOf(kernel.row(p), p));
    double fit = 0;
    double mean = 0;
    double explained = 0;
    for (int i = 0; i < p; i++) {
      fit += half[i] * half[i];
      mean += half[i] * cross[i];
      explained += cross[i] * cross[i];
    }
    double weight = Math.exp(-0.5 * (fit + cholesky.logDeterminant() + p * Math.log(2 * Math.PI)));
    double variance = kernel.get(p, p) - explained;
    return new double[] {weight, weight * mean, weight * (variance + mean * mean)};
  }

  public double mean() {
    return mean;
  }

  public double variance() {
    return variance;
  }

  public double logEvidence() {
    return logEvidence;
  }
}
