package finitewidth.flow;

/**
 * The output's NNGP kernel of one further sample x with a set R of N samples, and nothing else: all
 * that order 0 needs. O(N H); belongs to one thread and is reused from sample to sample.
 *
 * <p>The kernel has the same bits as that of {@link SampleRow}.
 */
public final class KernelRow {
  private final Architecture architecture;
  private final SampleFlow samples;
  private final InputKernel input;
  private final RowFlow flow;

  /**
   * @param samples R, followed
   */
  public KernelRow(SampleFlow samples) {
    this.samples = samples;
    architecture = samples.architecture();
    input = new InputKernel(architecture, samples.inputs().cols());
    flow = new RowFlow(architecture, samples.inputs().cols(), false);
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
    for (SampleRun run : samples.runs()) {
      flow.followKernels(point, x, 0, run, run.length());
      System.arraycopy(flow.kernel(output), 0, kernel, offset + run.from(), run.length());
    }
    return point.kernel(output);
  }
}
