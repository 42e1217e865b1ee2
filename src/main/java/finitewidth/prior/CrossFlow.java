package finitewidth.prior;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;

/**
 * The output's NNGP kernel of some rows x with N samples z and with themselves as a function of the
 * prior's variances and of the inputs, with its derivatives in reverse mode, as in {@link
 * KernelFlow}. O(H + n_0) a pair, and the way back costs less than the way up; what it needs is
 * kept in between, about 4H numbers a pair. Belongs to one thread.
 */
public final class CrossFlow {
  private final Architecture architecture;
  private final Matrix samples;
  private final SampleRun[] runs;
  private final InputKernel input;
  private final RowFlow row;
  private final boolean byFeature;
  private Matrix rows;
  private PointFlow[] points = new PointFlow[0];
  private PairTape tape;

  /**
   * @param samples N × n_0
   * @param byFeature whether the derivatives by feature are wanted
   */
  public CrossFlow(Architecture architecture, Matrix samples, boolean byFeature) {
    this.architecture = architecture;
    this.byFeature = byFeature;
    this.samples = samples;
    int n = samples.rows();
    int features = samples.cols();
    input = new InputKernel(architecture, features);
    row = new RowFlow(architecture, features, false);
    PointFlow[] own = new PointFlow[n];
    for (int z = 0; z < n; z++) {
      own[z] = PointFlow.of(architecture, input.variance(samples.data(), z * features));
    }
    runs = SampleRun.of(architecture, samples, own);
    rows = Matrix.zeros(0, features);
    tape = PairTape.zeros(architecture.hiddenLayers(), 0);
  }

  /**
   * Follows rows with all samples and on their own.
   *
   * @param inputs b × n_0, not to be changed before the way back
   * @param kernel receives K_xz, b × N, with the bits of {@link KernelRow}
   * @param variances receives K_xx
   */
  public void follow(Matrix inputs, Matrix kernel, double[] variances) {
    int n = samples.rows();
    int hidden = architecture.hiddenLayers();
    rows = inputs;
    points = new PointFlow[inputs.rows()];
    if (tape.first().length < inputs.rows() * n) {
      tape = PairTape.zeros(hidden, inputs.rows() * n);
    }
    for (int x = 0; x < points.length; x++) {
      int at = x * inputs.cols();
      points[x] = PointFlow.of(architecture, input.variance(inputs.data(), at));
      variances[x] = points[x].kernel(hidden);
      for (SampleRun run : runs) {
        int to = x * n + run.from();
        row.followMaps(points[x], inputs.data(), at, run, run.length());
        System.arraycopy(row.kernel(hidden), 0, kernel.data(), to, run.length());
        tape.keep(row, to, run.length());
      }
    }
  }

  /**
   * The derivatives of a number f of the kernels that were followed last.
   *
   * @param byKernel ∂f/∂K_xz, b × N; used up
   * @param byVariance ∂f/∂K_xx
   */
  public CrossGradient gradient(Matrix byKernel, double[] byVariance) {
    int n = samples.rows();
    BackwardSums sums = new BackwardSums(architecture);
    double[][] collected = new double[architecture.hiddenLayers()][points.length];
    double[][] bySample = new double[architecture.hiddenLayers()][n];
    double[] first = new double[points.length];
    for (int x = 0; x < points.length; x++) {
      for (SampleRun run : runs) {
        int at = x * n + run.from();
        sums.pairs(tape, at, byKernel.data(), at, run.length(), collected, x, bySample, run.from());
      }
      first[x] = sums.point(points[x], byVariance[x], collected, x);
    }
    double[] features = new double[byFeature ? samples.cols() : 0];
    if (byFeature) {
      addSquares(first, features);
      addProducts(Products.times(byKernel, samples), features);
    }
    return new CrossGradient(sums.biasVariance(), sums.weightVariance(), bySample, features);
  }

  /**
   * The same for f = c Σ_x K_xx.
   *
   * @param factor c
   */
  public CrossGradient varianceGradient(double factor) {
    int hidden = architecture.hiddenLayers();
    BackwardSums sums = new BackwardSums(architecture);
    double[][] nothing = new double[hidden][points.length];
    double[] first = new double[points.length];
    for (int x = 0; x < points.length; x++) {
      first[x] = sums.point(points[x], factor, nothing, x);
    }
    double[] features = new double[byFeature ? samples.cols() : 0];
    if (byFeature) {
      addSquares(first, features);
    }
    return new CrossGradient(
        sums.biasVariance(), sums.weightVariance(), new double[hidden][samples.rows()], features);
  }

  /** Σ_x g_x x_k². */
  private void addSquares(double[] g, double[] features) {
    for (int x = 0; x < rows.rows(); x++) {
      for (int k = 0; k < features.length; k++) {
        double value = rows.get(x, k);
        features[k] += g[x] * value * value;
      }
    }
  }

  /**
   * Σ_x x_k Σ_z g_xz z_k.
   *
   * @param sums Σ_z g_xz z_k
   */
  private void addProducts(Matrix sums, double[] features) {
    for (int x = 0; x < rows.rows(); x++) {
      for (int k = 0; k < features.length; k++) {
        features[k] += rows.get(x, k) * sums.get(x, k);
      }
    }
  }
}
