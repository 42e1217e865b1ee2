package finitewidth.inference.networks;

import finitewidth.inference.work.RandomStream;
import java.util.Arrays;

/**
 * The last layer, integrated out: with K = FᵀF + s²·1 over rows, L = −½ tr YK⁻¹Yᵀ − (m/2) log det K
 * − (mP/2) log 2π is a function of the features F of the last hidden layer alone.
 *
 * <p>Works in its own arrays, for one thread. Arrays of features and of outputs are row-major, and
 * so columns to BLAS.
 */
sealed interface Readout permits DenseReadout, WoodburyReadout {

  /** By whichever of the two forms has the smaller matrix. */
  static Readout of(NetworkProblem problem, NetworkShape shape) {
    return shape.features() < problem.rows()
        ? new WoodburyReadout(problem, shape.features())
        : new DenseReadout(problem, shape.features());
  }

  /** Another noise variance s² than the problem's, from now on. */
  void noise(double variance);

  /** tr YK⁻¹Yᵀ where L was asked for last. */
  double dataFit();

  /**
   * L at features F.
   *
   * @param f F, q × P
   * @return NaN where F is not finite or the matrix is not positive definite to working precision
   */
  double logLikelihood(double[] f);

  /**
   * dL/dF where L was asked for last.
   *
   * @param f F, as it was then
   * @param out receives dL/dF, q × P
   */
  void gradient(double[] f, double[] out);

  /**
   * The posterior of the last layer's weights at the features L was asked for last.
   *
   * @param f F, as it was then
   */
  LastWeights weights(double[] f);

  /**
   * The mean of the last layer's weights at the features L was asked for last, m × q.
   *
   * @param f F, as it was then
   */
  double[] mean(double[] f);

  /**
   * Draws the last layer's weights from their posterior at the features L was asked for last.
   *
   * @param f F, as it was then
   * @param out receives w, m × q
   */
  void draw(double[] f, RandomStream random, double[] out);

  /**
   * L as a function of one neuron after another, starting where L was asked for last.
   *
   * @param f F, as it was then; is kept up to date
   */
  OneNeuron neurons(double[] f);

  /** Σ log of the diagonal of an n × n factor. */
  static double halfLogDeterminant(double[] factor, int n) {
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += Math.log(factor[k * n + k]);
    }
    return sum;
  }

  /** Whether all numbers are finite. */
  static boolean finite(double[] numbers) {
    return Arrays.stream(numbers).allMatch(Double::isFinite);
  }
}
