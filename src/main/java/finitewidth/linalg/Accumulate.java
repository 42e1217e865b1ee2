package finitewidth.linalg;

import dev.ludovic.netlib.blas.BLAS;

/**
 * Matrix products into matrices that exist already, over the loaded BLAS: for loops that must not
 * allocate. All matrices are row-major and none may alias another, but where it is said.
 */
public final class Accumulate {
  private Accumulate() {}

  /** C = α A·B + β C. */
  public static void times(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    check(a.cols() == b.rows() && a.rows() == c.rows() && b.cols() == c.cols());
    dgemm("N", "N", alpha, a, b, beta, c, a.cols());
  }

  /** C = α A·Bᵀ + β C. */
  public static void timesTranspose(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    check(a.cols() == b.cols() && a.rows() == c.rows() && b.rows() == c.cols());
    dgemm("N", "T", alpha, a, b, beta, c, a.cols());
  }

  /** C = α Aᵀ·B + β C. */
  public static void transposeTimes(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    check(a.rows() == b.rows() && a.cols() == c.rows() && b.cols() == c.cols());
    dgemm("T", "N", alpha, a, b, beta, c, a.rows());
  }

  /**
   * C = α F·F_Rᵀ over some of F's columns, F_R being its first rows.
   *
   * @param from first column
   * @param to first column that is left out
   * @param rows how many rows F_R has
   * @param out receives C, as many rows as F has, from {@code at} on
   */
  public static void columnsGram(
      double alpha, Matrix f, int from, int to, int rows, double[] out, int at) {
    check(rows <= f.rows() && from < to && to <= f.cols());
    int cols = f.cols();
    double[] data = f.data();
    BLAS.getInstance()
        .dgemm(
            "T", "N", rows, f.rows(), to - from, alpha, data, from, cols, data, from, cols, 0.0,
            out, at, rows);
  }

  /** Adds α X·Xᵀ over X's first columns to the lower triangle of C, at half a product's cost. */
  public static void lowerGram(double alpha, Matrix x, int cols, Matrix c) {
    check(c.rows() == x.rows() && c.cols() == x.rows() && cols <= x.cols());
    if (cols > 0) {
      int n = x.rows();
      BLAS.getInstance().dsyrk("U", "T", n, cols, alpha, x.data(), x.cols(), 1.0, c.data(), n);
    }
  }

  // BLAS is column-major: our C is its Cᵀ = op(B)ᵀ op(A)ᵀ.
  private static void dgemm(
      String transA,
      String transB,
      double alpha,
      Matrix a,
      Matrix b,
      double beta,
      Matrix c,
      int inner) {
    if (c.rows() == 0 || c.cols() == 0) {
      return;
    }
    BLAS.getInstance()
        .dgemm(
            transB,
            transA,
            c.cols(),
            c.rows(),
            inner,
            alpha,
            b.data(),
            Math.max(1, b.cols()),
            a.data(),
            Math.max(1, a.cols()),
            beta,
            c.data(),
            c.cols());
  }

  /** B = T·B in place, with T the lower triangle of a square matrix. */
  public static void lowerTimes(Matrix t, Matrix b) {
    triangular("N", t, b);
  }

  /** B = Tᵀ·B in place, with T the lower triangle of a square matrix. */
  public static void lowerTransposeTimes(Matrix t, Matrix b) {
    triangular("T", t, b);
  }

  private static void triangular(String trans, Matrix t, Matrix b) {
    int n = t.rows();
    check(t.cols() == n && b.rows() == n);
    BLAS.getInstance()
        .dtrmm("R", "U", trans, "N", b.cols(), n, 1.0, t.data(), n, b.data(), b.cols());
  }

  private static void check(boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException("shapes of a matrix product do not fit");
    }
  }
}
