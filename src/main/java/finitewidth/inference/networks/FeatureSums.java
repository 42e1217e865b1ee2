package finitewidth.inference.networks;

import dev.ludovic.netlib.lapack.LAPACK;
import org.netlib.util.intW;

/**
 * What rows say of the last layer where it has fewer weights than there are rows: sums over these.
 *
 * @param now noise and variances that the features were made with
 * @param gram FᵀF over q features, q × q, column-major, lower triangle
 * @param cross FᵀY, m × q
 * @param squares tr YᵀY
 * @param rows P
 */
record FeatureSums(StateVariances now, double[] gram, double[] cross, double squares, double rows)
    implements OutputLikelihood {

  /** q. */
  int features() {
    return (int) Math.round(Math.sqrt(gram.length));
  }

  /** m. */
  int outputs() {
    return cross.length / features();
  }

  /** The same with another output layer. */
  FeatureSums with(StateVariances then) {
    int q = features();
    double[] roots = new double[q];
    for (int k = 0; k < q; k++) {
      roots[k] =
          Math.sqrt(
              k < q - 1 ? OutputLikelihood.weights(now, then) : OutputLikelihood.bias(now, then));
    }
    double[] scaledGram = new double[q * q];
    for (int k = 0; k < q; k++) {
      for (int j = k; j < q; j++) {
        scaledGram[k * q + j] = roots[k] * roots[j] * gram[k * q + j];
      }
    }
    double[] scaledCross = new double[cross.length];
    for (int i = 0; i < cross.length; i++) {
      scaledCross[i] = roots[i % q] * cross[i];
    }
    return new FeatureSums(then, scaledGram, scaledCross, squares, rows);
  }

  @Override
  public double at(StateVariances then) {
    FeatureSums sums = with(then);
    double[] factor = sums.matrix();
    intW info = new intW(0);
    LAPACK lapack = LAPACK.getInstance();
    int q = features();
    lapack.dpotrf("L", q, factor, q, info);
    if (info.val != 0) {
      return Double.NaN;
    }
    double[] mean = sums.cross.clone();
    lapack.dpotrs("L", q, outputs(), factor, q, mean, q, info);
    return sums.logLikelihood(factor, mean);
  }

  /** M = s²·1 + FᵀF, its lower triangle. */
  double[] matrix() {
    double[] matrix = gram.clone();
    int q = features();
    for (int k = 0; k < q; k++) {
      matrix[k * q + k] += now.noise();
    }
    return matrix;
  }

  /**
   * tr YᵀK⁻¹Y = (tr YᵀY − tr wᵀFᵀY)/s².
   *
   * @param mean w
   */
  double fit(double[] mean) {
    double explained = 0;
    for (int i = 0; i < mean.length; i++) {
      explained += mean[i] * cross[i];
    }
    return (squares - explained) / now.noise();
  }

  /**
   * L.
   *
   * @param factor of M
   * @param mean w = M⁻¹FᵀY
   */
  double logLikelihood(double[] factor, double[] mean) {
    int q = features();
    int outputs = outputs();
    return -0.5 * fit(mean)
        - 0.5 * outputs * (rows - q) * Math.log(now.noise())
        - outputs * Readout.halfLogDeterminant(factor, q)
        - 0.5 * outputs * rows * Math.log(2 * Math.PI);
  }
}
