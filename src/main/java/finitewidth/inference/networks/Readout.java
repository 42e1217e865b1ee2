package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import finitewidth.inference.work.RandomStream;
import java.util.Arrays;
import org.netlib.util.intW;

/**
 * The last layer, integrated out: with K = FᵀF + s²·1 over rows, L = −½ tr YK⁻¹Yᵀ − (m/2) log det K
 * − (mP/2) log 2π is a function of the features F of the last hidden layer alone.
 *
 * <p>Works in its own arrays, for one thread. Arrays of features and of outputs are row-major, and
 * so columns to BLAS.
 */
abstract sealed class Readout permits DenseReadout, WoodburyReadout {
  static final BLAS BLAS_CALLS = BLAS.getInstance();
  static final LAPACK LAPACK_CALLS = LAPACK.getInstance();

  final NetworkProblem problem;
  final int rows;
  final int features;
  final int outputs;

  /** K or M, n × n, then its factor, column-major; then its inverse where that was asked for. */
  final double[] matrix;

  private final int size;
  private final intW info = new intW(0);

  /** s². */
  double noise;

  /** tr YK⁻¹Yᵀ where L was asked for last. */
  double fit;

  /**
   * @param size n
   */
  Readout(NetworkProblem problem, int features, int size) {
    this.problem = problem;
    this.features = features;
    this.size = size;
    rows = problem.rows();
    outputs = problem.outputs();
    noise = problem.noise();
    matrix = new double[Math.multiplyExact(size, size)];
  }

  /** By whichever of the two forms has the smaller matrix. */
  static Readout of(NetworkProblem problem, NetworkShape shape) {
    return shape.features() < problem.rows()
        ? new WoodburyReadout(problem, shape.features())
        : new DenseReadout(problem, shape.features());
  }

  /** Another noise variance s² than the problem's, from now on. */
  final void noise(double variance) {
    noise = variance;
  }

  /** tr YK⁻¹Yᵀ where L was asked for last. */
  final double dataFit() {
    return fit;
  }

  /**
   * Adds the noise to the matrix and factors it.
   *
   * @return whether it is positive definite to working precision
   */
  final boolean factor() {
    for (int k = 0; k < size; k++) {
      matrix[k * size + k] += noise;
    }
    LAPACK_CALLS.dpotrf("L", size, matrix, size, info);
    return info.val == 0;
  }

  /**
   * Solves with the factored matrix.
   *
   * @param sides a right-hand side for each output, n × m to BLAS; becomes the solutions
   */
  final void solve(double[] sides) {
    LAPACK_CALLS.dpotrs("L", size, outputs, matrix, size, sides, size, info);
  }

  /** Makes the inverse of the factored matrix. */
  final void invert() {
    LAPACK_CALLS.dpotri("L", size, matrix, size, info);
  }

  /**
   * L at features F.
   *
   * @param f F, q × P
   * @return NaN where F is not finite or the matrix is not positive definite to working precision
   */
  abstract double logLikelihood(double[] f);

  /**
   * dL/dF where L was asked for last.
   *
   * @param f F, as it was then
   * @param out receives dL/dF, q × P
   */
  abstract void gradient(double[] f, double[] out);

  /**
   * The same in single precision, but for what is solved.
   *
   * @param rounded F
   */
  abstract void between(double[] f, float[] rounded, float[] out);

  /** Σ F∘dL/dF over all features and rows, once dL/dF is made. */
  abstract double slopes();

  /**
   * The same over the rows of the last feature, which is the bias.
   *
   * @param f F, as it was then
   */
  abstract double lastSlope(double[] f);

  /**
   * The posterior of the last layer's weights at the features L was asked for last.
   *
   * @param f F, as it was then
   */
  abstract LastWeights weights(double[] f);

  /**
   * The mean of the last layer's weights at the features L was asked for last, m × q.
   *
   * @param f F, as it was then
   */
  abstract double[] mean(double[] f);

  /**
   * Draws the last layer's weights from their posterior at the features L was asked for last.
   *
   * @param f F, as it was then
   * @param out receives w, m × q
   */
  abstract void draw(double[] f, RandomStream random, double[] out);

  /**
   * L as a function of noise and of the output layer's variances.
   *
   * @param f F
   * @param now noise and variances that F was made with
   */
  abstract OutputLikelihood outputs(double[] f, StateVariances now);

  /**
   * L as a function of one neuron after another, starting where L was asked for last.
   *
   * @param f F, as it was then; is kept up to date
   */
  abstract OneNeuron neurons(double[] f);

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
