package finitewidth.flow;

import finitewidth.linalg.Matrix;
import java.io.Serializable;

/**
 * What a row of pairs reads of a set of N samples, one array over the samples for each quantity:
 * the features, and of every sample's {@link PointFlow} the kernel and the step of each layer.
 */
final class SampleColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[][] feature;
  private final double[][] kernel;
  private final double[][] step;

  private SampleColumns(double[][] feature, double[][] kernel, double[][] step) {
    this.feature = feature;
    this.kernel = kernel;
    this.step = step;
  }

  /**
   * @param inputs N × n_0
   * @param points the flow of each of the N samples
   */
  static SampleColumns of(Architecture architecture, Matrix inputs, PointFlow[] points) {
    int n = inputs.rows();
    double[][] feature = new double[inputs.cols()][n];
    for (int a = 0; a < n; a++) {
      for (int k = 0; k < feature.length; k++) {
        feature[k][a] = inputs.get(a, k);
      }
    }
    int hidden = architecture.hiddenLayers();
    double[][] kernel = new double[hidden][n];
    double[][] step = new double[hidden][n];
    for (int h = 0; h < hidden; h++) {
      for (int a = 0; a < n; a++) {
        kernel[h][a] = points[a].kernel(h);
        step[h][a] = points[a].step(h);
      }
    }
    return new SampleColumns(feature, kernel, step);
  }

  /** n_0. */
  int features() {
    return feature.length;
  }

  /** Feature k of all samples. */
  double[] feature(int k) {
    return feature[k];
  }

  /** K_aa in hidden layer h of all samples. */
  double[] kernel(int h) {
    return kernel[h];
  }

  /** P_aa of the step from hidden layer h of all samples. */
  double[] step(int h) {
    return step[h];
  }
}
