package finitewidth.prior;

import java.util.Arrays;

/**
 * The kernel of the first preactivation layer, K_ab = C_b + C_W x_a·x_b / n_0, and the distance
 * K_aa + K_bb − 2 K_ab = C_W |x_a − x_b|² / n_0 formed without cancellation
 * (docs/theory.md#layer-recursion).
 *
 * <p>Plain sums over the features in index order, not BLAS: samples that coincide then have the
 * same kernel to the last bit and distance zero, whatever run they are computed in. The inner loops
 * are over samples, which the compiler turns into vector instructions without reordering any sum.
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

  /** K_aa of a sample whose features start at {@code offset}. */
  public double variance(double[] x, int offset) {
    double sum = 0;
    for (int k = offset; k < offset + features; k++) {
      sum += x[k] * x[k];
    }
    return bias + scale * sum;
  }

  /**
   * K and distance of one sample x with the first samples of a run; the distance is zero exactly
   * where they are equal.
   *
   * @param x features of x start at {@code offset}
   * @param count samples of the run
   * @param kernel receives K
   * @param distance receives C_W |x − r|² / n_0
   */
  void row(double[] x, int offset, SampleRun run, int count, double[] kernel, double[] distance) {
    Arrays.fill(kernel, 0, count, 0);
    Arrays.fill(distance, 0, count, 0);
    for (int k = 0; k < features; k++) {
      addProducts(x[offset + k], run.feature(k), kernel, count);
      addSquares(x[offset + k], run.feature(k), distance, count);
    }
    for (int i = 0; i < count; i++) {
      kernel[i] = bias + scale * kernel[i];
      distance[i] *= scale;
    }
  }

  private static void addProducts(double x, double[] ys, double[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += x * ys[i];
    }
  }

  private static void addSquares(double x, double[] ys, double[] sums, int count) {
    for (int i = 0; i < count; i++) {
      double difference = x - ys[i];
      sums[i] += difference * difference;
    }
  }
}
