package finitewidth.linalg;

import dev.ludovic.netlib.lapack.LAPACK;
import java.util.Arrays;
import org.netlib.util.intW;

/**
 * A square root of the Gram matrix H·Hᵀ from H itself, by Householder reflections: H = L·Qᵀ.
 *
 * <p>Unlike the Cholesky factor of the Gram matrix it exists where rows of H coincide or depend on
 * one another, and the condition number is not squared.
 */
public final class LowerRoot {
  /** Columns that LAPACK works on together. */
  private static final int PANEL = 32;

  private LowerRoot() {}

  /**
   * L, M × M and lower triangular, with L·Lᵀ = H·Hᵀ. O(M² k).
   *
   * @param h M × k, k ≥ M; left as it is
   * @throws IllegalArgumentException if it has more rows than columns
   */
  public static Matrix of(Matrix h) {
    int rows = h.rows();
    int cols = h.cols();
    if (cols < rows) {
      throw new IllegalArgumentException(
          "expected at least as many columns as rows, not " + rows + " × " + cols);
    }
    // Row-major H is LAPACK's Hᵀ = Q·Lᵀ.
    double[] reflected = h.data().clone();
    double[] work = new double[PANEL * rows];
    intW info = new intW(0);
    LAPACK
        .getInstance()
        .dgeqrf(cols, rows, reflected, cols, new double[rows], work, work.length, info);
    double[] lower = new double[rows * rows];
    for (int a = 0; a < rows; a++) {
      System.arraycopy(reflected, a * cols, lower, a * rows, a + 1);
      Arrays.fill(lower, a * rows + a + 1, (a + 1) * rows, 0);
    }
    return Matrix.wrap(rows, rows, lower);
  }
}
