package finitewidth.inference.networks;

/**
 * 1 − 2vvᵀ with v ∝ e_1 − 1/√n, which exchanges e_1 and 1/√n, the mean of n numbers but for a
 * factor: its own inverse.
 */
final class Reflection {
  private Reflection() {}

  /** Reflects n numbers. */
  static void reflect(double[] x, int from, int n) {
    if (n == 1) {
      return;
    }
    // |e_1 − 1/√n|² = 2 − 2/√n.
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
}
