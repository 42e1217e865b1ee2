package finitewidth.flow;

import finitewidth.linalg.Matrix;

/**
 * One further sample x against a set R of N samples, followed through all layers. O(N H); belongs
 * to one thread and is reused from sample to sample.
 */
public final class SampleRow {
  private final Architecture architecture;
  private final SampleFlow samples;
  private final InputKernel input;
  private final PairFlow pair;
  private final double[][] kernel;
  private final double[][] moment;
  private final double[][] p;
  private final double[][] qx;
  private final double[][] qr;
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
    pair = new PairFlow(architecture);
    kernel = new double[hidden + 1][n];
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
    Matrix row = Matrix.wrap(1, x.length, x);
    point = PointFlow.of(architecture, input.kernel(row, 0, row, 0));
    for (int a = 0; a < samples.size(); a++) {
      pair.follow(
          point,
          samples.point(a),
          input.kernel(row, 0, samples.inputs(), a),
          input.distance(row, 0, samples.inputs(), a));
      for (int l = 0; l < kernel.length; l++) {
        kernel[l][a] = pair.kernel(l);
      }
      for (int h = 0; h < moment.length; h++) {
        moment[h][a] = pair.moment(h);
        p[h][a] = pair.p(h);
        qx[h][a] = pair.qab(h);
        qr[h][a] = pair.qba(h);
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
