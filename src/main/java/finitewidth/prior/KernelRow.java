package finitewidth.prior;

import finitewidth.linalg.Matrix;

/**
 * The output's NNGP kernel of one further sample x with a set R of N samples, and nothing else: all
 * that order 0 needs. O(N H); belongs to one thread and is reused from sample to sample.
 *
 * <p>The kernel has the same bits as that of {@link SampleRow}.
 */
public final class KernelRow {
  private final Architecture architecture;
  private final SampleRun[] runs;
  private final InputKernel input;
  private final RowFlow flow;

  /**
   * @param samples R, followed
   */
  public KernelRow(SampleFlow samples) {
    this(samples.architecture(), samples.inputs().cols(), samples.runs());
  }

  private KernelRow(Architecture architecture, int features, SampleRun[] runs) {
    this.architecture = architecture;
    this.runs = runs;
    input = new InputKernel(architecture, features);
    flow = new RowFlow(architecture, features, false);
  }

  /**
   * For samples whose own pairs are not wanted. O(N H).
   *
   * @param inputs of R, N × n_0
   */
  public static KernelRow of(Architecture architecture, Matrix inputs) {
    PointFlow[] points = new PointFlow[inputs.rows()];
    InputKernel input = new InputKernel(architecture, inputs.cols());
    for (int a = 0; a < points.length; a++) {
      points[a] = PointFlow.of(architecture, input.variance(inputs.data(), a * inputs.cols()));
    }
    return new KernelRow(architecture, inputs.cols(), SampleRun.of(architecture, inputs, points));
  }

  /**
   * Follows x against every sample of R.
   *
   * @param x features of the sample, n_0 of them
   * @param kernel receives K_xa of the output for all a in R, from {@code offset} on
   * @return K_xx of the output
   */
  public double follow(double[] x, double[] kernel, int offset) {
    int output = architecture.hiddenLayers();
    PointFlow point = PointFlow.of(architecture, input.variance(x, 0));
    for (SampleRun run : runs) {
      flow.followKernels(point, x, 0, run, run.length());
      System.arraycopy(flow.kernel(output), 0, kernel, offset + run.from(), run.length());
    }
    return point.kernel(output);
  }

  /**
   * K_xx of the output for one sample.
   *
   * @param inputs N × n_0, of which x is a row
   */
  public static double variance(Architecture architecture, Matrix inputs, int x) {
    InputKernel input = new InputKernel(architecture, inputs.cols());
    return PointFlow.of(architecture, input.variance(inputs.data(), x * inputs.cols()))
        .kernel(architecture.hiddenLayers());
  }
}
