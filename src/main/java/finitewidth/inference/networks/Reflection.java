package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;

/**
 * 1 − 2vvᵀ with v ∝ e_1 − 1/√n, which exchanges e_1 and 1/√n, the mean of n numbers but for a
 * factor: its own inverse. Of one set of n numbers, or of n features at all rows, F (1 − 2vvᵀ).
 * Works in its own arrays, for one thread.
 */
final class Reflection {
  private static final BLAS BLAS_CALLS = BLAS.getInstance();

  private final int n;
  private final int rows;

  /** √2 |e_1 − 1/√n| v. */
  private final double[] along;

  private final double[] mean;
  private final float[] singleAlong;
  private final float[] singleMean;

  /**
   * @param n features
   * @param rows that each has
   */
  Reflection(int n, int rows) {
    this.n = n;
    this.rows = rows;
    along = new double[n];
    for (int j = 0; j < n; j++) {
      along[j] = (j == 0 ? 1 : 0) - 1 / Math.sqrt(n);
    }
    mean = new double[rows];
    singleAlong = SingleLayers.single(along);
    singleMean = new float[rows];
  }

  /** |e_1 − 1/√n|² = 2 − 2/√n. */
  private static double factor(int n) {
    return -1 / (1 - 1 / Math.sqrt(n));
  }

  /** Reflects n numbers. */
  static void reflect(double[] x, int from, int n) {
    if (n == 1) {
      return;
    }
    double other = -1 / Math.sqrt(n);
    double first = 1 + other;
    double along = x[from];
    for (int j = 0; j < n; j++) {
      along += other * x[from + j];
    }
    along /= first;
    x[from] -= along;
    for (int j = 0; j < n; j++) {
      x[from + j] -= other * along;
    }
  }

  /**
   * Reflects features.
   *
   * @param f the n first are; a feature after another
   */
  void reflect(double[] f) {
    if (n > 1) {
      BLAS_CALLS.dgemv("N", rows, n, 1.0, f, rows, along, 1, 0.0, mean, 1);
      BLAS_CALLS.dger(rows, n, factor(n), mean, 1, along, 1, f, rows);
    }
  }

  /** The same in single precision. */
  void reflect(float[] f) {
    if (n > 1) {
      BLAS_CALLS.sgemv("N", rows, n, 1f, f, rows, singleAlong, 1, 0f, singleMean, 1);
      BLAS_CALLS.sger(rows, n, (float) factor(n), singleMean, 1, singleAlong, 1, f, rows);
    }
  }
}
