package finitewidth.flow;

import finitewidth.linalg.Matrix;

/**
 * The kernel of the first preactivation layer, K_ab = C_b + C_W x_a·x_b / n_0, and the distance
 * K_aa + K_bb − 2 K_ab = C_W |x_a − x_b|² / n_0 formed without cancellation (THEORY section 2).
 *
 * <p>Plain loops in index order, not BLAS: rows that coincide then have the same kernel to the last
 * bit and distance zero, whatever block they are computed in.
 */
public final class InputKernel {
  private final double bias;
  private final double scale;
  private final int features;

  /**
   * @param features n_0, at least 1
   */
  public InputKernel(Architecture architecture, int features) {
    this.bias = architecture.biasVariance(0);
    this.scale = architecture.weightVariance(0) / features;
    this.features = features;
  }

  /** K of two rows of design matrices. */
  public double kernel(Matrix x, int a, Matrix y, int b) {
    double[] xs = x.data();
    double[] ys = y.data();
    double sum = 0;
    for (int k = 0, i = a * features, j = b * features; k < features; k++, i++, j++) {
      sum += xs[i] * ys[j];
    }
    return bias + scale * sum;
  }

  /** C_W |x − y|² / n_0 of two rows of design matrices; zero exactly when they are equal. */
  public double distance(Matrix x, int a, Matrix y, int b) {
    double[] xs = x.data();
    double[] ys = y.data();
    double sum = 0;
    for (int k = 0, i = a * features, j = b * features; k < features; k++, i++, j++) {
      double difference = xs[i] - ys[j];
      sum += difference * difference;
    }
    return scale * sum;
  }
}
