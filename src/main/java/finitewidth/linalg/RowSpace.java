package finitewidth.linalg;

import dev.ludovic.netlib.lapack.LAPACK;
import org.netlib.util.intW;

/** Orthonormal directions between which rows lie, by Householder reflections. */
public final class RowSpace {
  private RowSpace() {}

  /**
   * As many orthonormal rows as a matrix has, whose span holds its rows. They exist where rows
   * coincide or depend on one another, too. O(M² k).
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
    // Row-major H is LAPACK's Hᵀ = Q·R.
    double[] q = h.data().clone();
    double[] tau = new double[rows];
    double[] size = new double[1];
    intW info = new intW(0);
    LAPACK lapack = LAPACK.getInstance();
    lapack.dgeqrf(cols, rows, q, cols, tau, size, -1, info);
    double[] work = new double[Math.max(rows, (int) size[0])];
    lapack.dgeqrf(cols, rows, q, cols, tau, work, work.length, info);
    lapack.dorgqr(cols, rows, rows, q, cols, tau, size, -1, info);
    work = new double[Math.max(rows, (int) size[0])];
    lapack.dorgqr(cols, rows, rows, q, cols, tau, work, work.length, info);
    return Matrix.wrap(rows, cols, q);
  }
}
