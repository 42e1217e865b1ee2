package finitewidth.prior;

import finitewidth.linalg.Matrix;
import java.io.Serializable;

/**
 * A run of neighbouring samples, laid out for a row of pairs to go through: the features, and of
 * every sample's {@link PointFlow} the kernel and the step of each layer, each an array over the
 * samples of the run.
 */
final class SampleRun implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Samples in all runs but the last. The scratch of one layer stays in the first-level cache. */
  static final int LENGTH = 256;

  private final int from;
  private final int length;
  private final double[][] feature;
  private final double[][] kernel;
  private final double[][] step;

  private SampleRun(int from, int length, int features, int hidden) {
    this.from = from;
    this.length = length;
    feature = new double[features][length];
    kernel = new double[hidden][length];
    step = new double[hidden][length];
  }

  /**
   * Cuts N samples into runs.
   *
   * @param inputs N × n_0
   * @param points the flow of each of the N samples
   */
  static SampleRun[] of(Architecture architecture, Matrix inputs, PointFlow[] points) {
    int n = inputs.rows();
    SampleRun[] runs = new SampleRun[(n + LENGTH - 1) / LENGTH];
    for (int r = 0; r < runs.length; r++) {
      int from = r * LENGTH;
      int length = Math.min(LENGTH, n - from);
      runs[r] = new SampleRun(from, length, inputs.cols(), architecture.hiddenLayers());
      runs[r].fill(inputs, points);
    }
    return runs;
  }

  private void fill(Matrix inputs, PointFlow[] points) {
    for (int i = 0; i < length; i++) {
      for (int k = 0; k < feature.length; k++) {
        feature[k][i] = inputs.get(from + i, k);
      }
      for (int h = 0; h < kernel.length; h++) {
        kernel[h][i] = points[from + i].kernel(h);
        step[h][i] = points[from + i].step(h);
      }
    }
  }

  /** The first sample's number. */
  int from() {
    return from;
  }

  int length() {
    return length;
  }

  /** Feature k of the samples. */
  double[] feature(int k) {
    return feature[k];
  }

  /** K_rr in hidden layer h of the samples r. */
  double[] kernel(int h) {
    return kernel[h];
  }

  /** P_rr of the step from hidden layer h of the samples r. */
  double[] step(int h) {
    return step[h];
  }
}
