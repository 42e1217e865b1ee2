package finitewidth.inference.adaptive;

import finitewidth.linalg.Matrix;
import java.util.Arrays;

/**
 * Lower triangular matrices T with a positive diagonal as unknowns of a search: row by row,
 * logarithms on the diagonal. T = 1 is all zeros.
 */
final class Triangle {
  private static final double LARGEST_LOGARITHM = 12;
  private static final double LARGEST_ELEMENT = 1e6;

  private Triangle() {}

  /** How many unknowns an r × r matrix has. */
  static int size(int r) {
    return r * (r + 1) / 2;
  }

  /**
   * T.
   *
   * @param at where it begins
   */
  static Matrix read(double[] x, int at, int r) {
    Matrix root = Matrix.zeros(r, r);
    int from = at;
    for (int i = 0; i < r; i++) {
      System.arraycopy(x, from, root.data(), i * r, i);
      root.set(i, i, Math.exp(x[from + i]));
      from += i + 1;
    }
    return root;
  }

  /** Fills in how far from zero unknowns are looked for. */
  static void bounds(double[] bounds, int at, int r) {
    int from = at;
    for (int i = 0; i < r; i++) {
      Arrays.fill(bounds, from, from + i, LARGEST_ELEMENT);
      bounds[from + i] = LARGEST_LOGARITHM;
      from += i + 1;
    }
  }

  /** tr TTᵀ − log det TTᵀ − r. */
  static double distance(Matrix root) {
    double sum = 0;
    for (int i = 0; i < root.rows(); i++) {
      for (int j = 0; j < i; j++) {
        sum += root.get(i, j) * root.get(i, j);
      }
      double square = root.get(i, i) * root.get(i, i);
      sum += square - 1 - Math.log(square);
    }
    return sum;
  }

  /**
   * Writes the gradient of (n/2)·{@link #distance} − f.
   *
   * @param byRoot half of ∂f/∂T, of which the lower part counts
   * @param width n
   * @param at where it begins in the gradient
   */
  static void gradient(Matrix root, Matrix byRoot, double width, double[] gradient, int at) {
    int to = at;
    for (int i = 0; i < root.rows(); i++) {
      for (int j = 0; j < i; j++) {
        gradient[to++] = width * root.get(i, j) - 2 * byRoot.get(i, j);
      }
      double value = root.get(i, i);
      gradient[to++] = width * (value * value - 1) - 2 * value * byRoot.get(i, i);
    }
  }
}
