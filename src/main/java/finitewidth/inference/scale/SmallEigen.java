package finitewidth.inference.scale;

/**
 * Eigenvalues and eigenvectors of small symmetric matrices by Jacobi's rotations, without a call of
 * LAPACK for each of many. Holds scratch; for one thread.
 */
final class SmallEigen {
  private static final int MOST_SWEEPS = 50;
  private static final double NEGLIGIBLE = 1e-30;

  private final int size;
  private final double[] a;

  SmallEigen(int size) {
    this.size = size;
    a = new double[size * size];
  }

  /**
   * Decomposes a matrix, which is left as it is.
   *
   * @param matrix [row · size + column]
   * @param values receives the eigenvalues, in no order
   * @param vectors receives the eigenvectors, one a column
   */
  void of(double[] matrix, double[] values, double[] vectors) {
    System.arraycopy(matrix, 0, a, 0, a.length);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        vectors[i * size + j] = i == j ? 1 : 0;
      }
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(); sweep++) {
      for (int p = 0; p < size; p++) {
        for (int q = p + 1; q < size; q++) {
          rotate(p, q, vectors);
        }
      }
    }
    for (int i = 0; i < size; i++) {
      values[i] = a[i * size + i];
    }
  }

  private boolean isDiagonal() {
    double off = 0;
    double on = 0;
    for (int i = 0; i < size; i++) {
      on += a[i * size + i] * a[i * size + i];
      for (int j = 0; j < i; j++) {
        off += a[i * size + j] * a[i * size + j];
      }
    }
    return off <= NEGLIGIBLE * on;
  }

  private void rotate(int p, int q, double[] vectors) {
    double off = a[p * size + q];
    if (off == 0) {
      return;
    }
    double theta = (a[q * size + q] - a[p * size + p]) / (2 * off);
    double t = Math.copySign(1 / (Math.abs(theta) + Math.sqrt(1 + theta * theta)), theta);
    double c = 1 / Math.sqrt(1 + t * t);
    double s = t * c;
    for (int k = 0; k < size; k++) {
      turn(a, k * size + p, k * size + q, c, s);
    }
    for (int k = 0; k < size; k++) {
      turn(a, p * size + k, q * size + k, c, s);
    }
    for (int k = 0; k < size; k++) {
      turn(vectors, k * size + p, k * size + q, c, s);
    }
  }

  private static void turn(double[] of, int p, int q, double c, double s) {
    double x = of[p];
    double y = of[q];
    of[p] = c * x - s * y;
    of[q] = s * x + c * y;
  }
}
