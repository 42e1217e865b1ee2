package finitewidth.prior;

/**
 * One further sample x against a set R of N samples, followed through all layers. O(N H); belongs
 * to one thread and is reused from sample to sample.
 */
public final class SampleRow {
  private final Architecture architecture;
  private final SampleFlow samples;
  private final InputKernel input;
  private final RowFlow flow;
  private final double[][] kernel;
  private final double[] separation;
  private final double[][] moment;
  private final double[][] p;
  private final double[][] qx;
  private final double[][] qr;

  /** Of the row that is followed. */
  @SuppressWarnings("NullAway.Init")
  private PointFlow point;

  /**
   * @param samples R, followed
   */
  public SampleRow(SampleFlow samples) {
    this.samples = samples;
    architecture = samples.architecture();
    int hidden = architecture.hiddenLayers();
    int n = samples.size();
    input = new InputKernel(architecture, samples.inputs().cols());
    flow = new RowFlow(architecture, samples.inputs().cols(), false);
    kernel = new double[hidden + 1][n];
    separation = new double[n];
    moment = new double[hidden][n];
    p = new double[hidden][n];
    qx = new double[hidden][n];
    qr = new double[hidden][n];
  }

  /**
   * Follows x against every sample of R.
   *
   * @param x features of the sample, n_0 of them
   */
  public void follow(double[] x) {
    point = PointFlow.of(architecture, input.variance(x, 0));
    for (SampleRun run : samples.runs()) {
      int from = run.from();
      int count = run.length();
      flow.follow(point, x, 0, run, count);
      for (int l = 0; l < kernel.length; l++) {
        System.arraycopy(flow.kernel(l), 0, kernel[l], from, count);
      }
      System.arraycopy(flow.separation(0), 0, separation, from, count);
      for (int h = 0; h < moment.length; h++) {
        System.arraycopy(flow.moment(h), 0, moment[h], from, count);
        System.arraycopy(flow.p(h), 0, p[h], from, count);
        System.arraycopy(flow.qx(h), 0, qx[h], from, count);
        System.arraycopy(flow.qr(h), 0, qr[h], from, count);
      }
    }
  }

  /** x on its own. */
  public PointFlow point() {
    return point;
  }

  /** K_xa of layer l for all a in R. */
  public double[] kernel(int l) {
    return kernel[l];
  }

  /** ⟨(z_x − z_a)²⟩ in the first layer, without cancellation. */
  public double[] separation() {
    return separation;
  }

  /** F_xa in hidden layer h. */
  public double[] moment(int h) {
    return moment[h];
  }

  /** P_xa of T^s. */
  public double[] p(int s) {
    return p[s];
  }

  /** Q_xa of T^s: the weight of X_xx. */
  public double[] qx(int s) {
    return qx[s];
  }

  /** Q_ax of T^s: the weight of X_aa. */
  public double[] qr(int s) {
    return qr[s];
  }
}
