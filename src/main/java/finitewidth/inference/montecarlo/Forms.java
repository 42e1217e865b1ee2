package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;

/** Small sums over matrices whose columns are draws. */
final class Forms {
  private Forms() {}

  /** For a symmetric B the lower triangular H with xᵀHx = xᵀBx for all x. */
  static Matrix half(Matrix b) {
    int n = b.rows();
    Matrix half = Matrix.zeros(n, n);
    for (int a = 0; a < n; a++) {
      half.set(a, a, b.get(a, a));
      for (int c = 0; c < a; c++) {
        half.set(a, c, 2 * b.get(a, c));
      }
    }
    return half;
  }

  /** out_d = Σ_a x_ad y_ad, in the order of a. */
  static void columnDots(Matrix x, Matrix y, double[] out) {
    int draws = x.cols();
    java.util.Arrays.fill(out, 0, draws, 0);
    double[] xs = x.data();
    double[] ys = y.data();
    for (int a = 0, at = 0; a < x.rows(); a++, at += draws) {
      for (int d = 0; d < draws; d++) {
        out[d] += xs[at + d] * ys[at + d];
      }
    }
  }

  static double trace(Matrix c) {
    double sum = 0;
    for (int a = 0; a < c.rows(); a++) {
      sum += c.get(a, a);
    }
    return sum;
  }

  /** out_a = Σ_b x_ab y_ab. */
  static double[] rowDots(Matrix x, Matrix y) {
    double[] dots = new double[x.rows()];
    int n = x.cols();
    for (int a = 0; a < dots.length; a++) {
      dots[a] = finitewidth.linalg.Products.dot(x.data(), a * n, y.data(), a * n, n);
    }
    return dots;
  }
}
