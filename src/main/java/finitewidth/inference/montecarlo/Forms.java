package finitewidth.inference.montecarlo;

import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import java.util.Arrays;

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
    Arrays.fill(out, 0, draws, 0);
    double[] xs = x.data();
    double[] ys = y.data();
    for (int a = 0, at = 0; a < x.rows(); a++, at += draws) {
      for (int d = 0; d < draws; d++) {
        out[d] += xs[at + d] * ys[at + d];
      }
    }
  }

  /**
   * fᵀBf − mean of each draw.
   *
   * @param half of B
   * @param scratch of the shape of f
   */
  static void quadratic(Matrix f, Matrix half, double mean, Matrix scratch, double[] out) {
    System.arraycopy(f.data(), 0, scratch.data(), 0, f.data().length);
    Accumulate.lowerTimes(half, scratch);
    columnDots(f, scratch, out);
    for (int d = 0; d < f.cols(); d++) {
      out[d] -= mean;
    }
  }

  /**
   * Adds Σ_d w_d f_d f_dᵀ, whose weights may have either sign.
   *
   * @param weightedF receives w_d f_d
   */
  static void addOuter(Matrix f, double[] weights, Matrix weightedF, Matrix sum) {
    double[] from = f.data();
    double[] to = weightedF.data();
    for (int a = 0, at = 0; a < f.rows(); a++) {
      for (int d = 0; d < f.cols(); d++, at++) {
        to[at] = weights[d] * from[at];
      }
    }
    Accumulate.timesTranspose(1, weightedF, f, 1, sum);
  }

  /**
   * Adds Σ_d w_d f_d f_dᵀ to a lower triangle, at half the cost of {@link #addOuter}: draws of
   * positive weight, then those of negative weight.
   *
   * @param scratch of the shape of f
   */
  static void addLowerOuter(Matrix f, double[] weights, Matrix scratch, Matrix lower) {
    int[] columns = new int[f.cols()];
    double[] roots = new double[f.cols()];
    for (int sign = 1; sign >= -1; sign -= 2) {
      int draws = 0;
      for (int d = 0; d < f.cols(); d++) {
        if (sign * weights[d] > 0) {
          columns[draws] = d;
          roots[draws++] = Math.sqrt(sign * weights[d]);
        }
      }
      for (int a = 0, row = 0; a < f.rows(); a++, row += f.cols()) {
        for (int d = 0; d < draws; d++) {
          scratch.data()[row + d] = roots[d] * f.data()[row + columns[d]];
        }
      }
      Accumulate.lowerGram(sign, scratch, draws, lower);
    }
  }

  /** Makes C symmetric: factor (C + Cᵀ). */
  static void symmetrize(double factor, Matrix c) {
    for (int a = 0; a < c.rows(); a++) {
      for (int b = 0; b <= a; b++) {
        double value = factor * (c.get(a, b) + c.get(b, a));
        c.set(a, b, value);
        c.set(b, a, value);
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
      dots[a] = Products.dot(x.data(), a * n, y.data(), a * n, n);
    }
    return dots;
  }
}
