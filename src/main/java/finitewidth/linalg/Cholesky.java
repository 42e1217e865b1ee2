package finitewidth.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import java.io.Serializable;
import java.util.Arrays;
import org.netlib.util.intW;

/**
 * The Cholesky factorisation A = L Lᵀ of a symmetric positive definite matrix, by LAPACK.
 *
 * <p>A pivot counts as zero relative to its own diagonal element: Gram matrices of different scale
 * must be judged alike.
 */
public final class Cholesky implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Smallest pivot L_kk², as a fraction of A_kk, times the dimension. Rounding alone leaves pivots
   * of about N·2⁻⁵³ in a singular Gram matrix.
   */
  static final double RELATIVE_PIVOT = 4 * 0x1p-53;

  private final int size;

  /** Column-major lower factor as LAPACK leaves it; the strict upper triangle is A's. */
  private final double[] factor;

  private Cholesky(int size, double[] factor) {
    this.size = size;
    this.factor = factor;
  }

  /**
   * Factorises a symmetric matrix, O(N³/3); the matrix is left as it is.
   *
   * @throws NotPositiveDefiniteException naming the first row that depends on those before it
   */
  public static Cholesky of(Matrix a) {
    int n = a.rows();
    if (n != a.cols() || n == 0) {
      throw new IllegalArgumentException(
          "Cholesky needs a square matrix, not " + n + " × " + a.cols());
    }
    double[] factor = a.data().clone();
    intW info = new intW(0);
    LAPACK.getInstance().dpotrf("L", n, factor, n, info);
    if (info.val > 0) {
      throw notPositiveDefinite(info.val - 1, n);
    }
    for (int k = 0; k < n; k++) {
      double pivot = factor[k * n + k];
      // Written so that NaN fails too.
      if (!(pivot * pivot > n * RELATIVE_PIVOT * a.get(k, k))) {
        throw notPositiveDefinite(k, n);
      }
    }
    return new Cholesky(n, factor);
  }

  /**
   * Factorises A = M Mᵀ without forming it, by Mᵀ = Q R and L = Rᵀ: as accurate as M is, where A's
   * own rounding would hide its small eigenvalues. O(N³).
   *
   * @param m M, square and of full rank
   * @throws NotPositiveDefiniteException naming the first row that depends on those before it
   */
  public static Cholesky ofProduct(Matrix m) {
    int n = m.rows();
    if (n != m.cols() || n == 0) {
      throw new IllegalArgumentException("expected a square matrix, not " + n + " × " + m.cols());
    }
    // Row-major M is column-major Mᵀ.
    double[] a = m.data().clone();
    double[] tau = new double[n];
    intW info = new intW(0);
    double[] size = new double[1];
    LAPACK.getInstance().dgeqrf(n, n, a, n, tau, size, -1, info);
    double[] work = new double[Math.max(n, (int) size[0])];
    LAPACK.getInstance().dgeqrf(n, n, a, n, tau, work, work.length, info);
    double[] factor = new double[n * n];
    for (int k = 0; k < n; k++) {
      double pivot = a[k * n + k];
      if (!(Math.abs(pivot) > 0)) {
        throw notPositiveDefinite(k, n);
      }
      for (int row = k; row < n; row++) {
        factor[k * n + row] = pivot < 0 ? -a[row * n + k] : a[row * n + k];
      }
    }
    return new Cholesky(n, factor);
  }

  /**
   * A factorisation that was computed before.
   *
   * @param factor what {@link #factor()} gave
   */
  public static Cholesky restore(Matrix factor) {
    return new Cholesky(factor.rows(), factor.data());
  }

  /** L in the upper triangle of a row-major matrix, as {@link #restore} takes it. */
  public Matrix factor() {
    return Matrix.wrap(size, size, factor);
  }

  private static NotPositiveDefiniteException notPositiveDefinite(int row, int n) {
    return new NotPositiveDefiniteException(
        row, "row " + row + " of a " + n + " × " + n + " matrix depends on the rows before it");
  }

  /** log det A = 2 Σ log L_kk. */
  public double logDeterminant() {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += Math.log(factor[k * size + k]);
    }
    return 2 * sum;
  }

  /** A⁻¹B, for B with as many rows as A. */
  public Matrix solve(Matrix b) {
    if (b.rows() != size) {
      throw new IllegalArgumentException("expected " + size + " rows, not " + b.rows());
    }
    Matrix columns = b.transpose();
    intW info = new intW(0);
    LAPACK.getInstance().dpotrs("L", size, b.cols(), factor, size, columns.data(), size, info);
    return columns.transpose();
  }

  /** L⁻¹b by forward substitution in index order: the same bits on every machine and BLAS. */
  public double[] solveLower(double[] b) {
    double[] y = b.clone();
    for (int column = 0; column < size; column++) {
      y[column] /= factor[column * size + column];
      for (int row = column + 1; row < size; row++) {
        y[row] -= factor[column * size + row] * y[column];
      }
    }
    return y;
  }

  /**
   * L⁻¹ applied to every row of a matrix in place, by BLAS.
   *
   * <p>In a whole {@link RowPanel} a row's bits do not depend on its neighbours, nor on its place;
   * they may differ in the last place from {@link #solveLower}.
   *
   * @param rows as many columns as A
   */
  public void solveLowerRows(Matrix rows) {
    if (rows.cols() != size) {
      throw new IllegalArgumentException("expected " + size + " columns, not " + rows.cols());
    }
    // BLAS is column-major: our rows are its columns.
    BLAS.getInstance()
        .dtrsm("L", "L", "N", "N", size, rows.rows(), 1.0, factor, size, rows.data(), size);
  }

  /**
   * L⁻ᵀ applied to every row of a matrix in place, by BLAS: R L⁻¹ for a matrix R of rows.
   *
   * @param rows as many columns as A
   */
  public void solveUpperRows(Matrix rows) {
    if (rows.cols() != size) {
      throw new IllegalArgumentException("expected " + size + " columns, not " + rows.cols());
    }
    BLAS.getInstance()
        .dtrsm("L", "L", "T", "N", size, rows.rows(), 1.0, factor, size, rows.data(), size);
  }

  /** L⁻ᵀB, for B with as many rows as A. */
  public Matrix solveUpper(Matrix b) {
    // Our B is column-major Bᵀ: (L⁻ᵀB)ᵀ = Bᵀ L⁻¹.
    Matrix solved = b.copy();
    BLAS.getInstance()
        .dtrsm("R", "L", "N", "N", b.cols(), size, 1.0, factor, size, solved.data(), b.cols());
    return solved;
  }

  /** L B, for B with as many rows as A. */
  public Matrix lowerTimes(Matrix b) {
    return times(b, "T");
  }

  /** Lᵀ B, for B with as many rows as A. */
  public Matrix upperTimes(Matrix b) {
    return times(b, "N");
  }

  private Matrix times(Matrix b, String transposed) {
    // Our B is column-major Bᵀ: (L B)ᵀ = Bᵀ Lᵀ and (Lᵀ B)ᵀ = Bᵀ L.
    Matrix product = b.copy();
    BLAS.getInstance()
        .dtrmm(
            "R", "L", transposed, "N", b.cols(), size, 1.0, factor, size, product.data(), b.cols());
    return product;
  }

  /** L⁻ᵀb by back substitution in index order. */
  public double[] solveUpper(double[] b) {
    double[] y = b.clone();
    for (int column = size - 1; column >= 0; column--) {
      for (int row = column + 1; row < size; row++) {
        y[column] -= factor[column * size + row] * y[row];
      }
      y[column] /= factor[column * size + column];
    }
    return y;
  }

  /** L⁻¹, lower triangular. */
  public Matrix inverseFactor() {
    double[] inverse = factor.clone();
    intW info = new intW(0);
    LAPACK.getInstance().dtrtri("L", "N", size, inverse, size, info);
    for (int column = 1; column < size; column++) {
      Arrays.fill(inverse, column * size, column * size + column, 0);
    }
    return Matrix.wrap(size, size, inverse).transpose();
  }

  /** A⁻¹, symmetric to the last bit. */
  public Matrix inverse() {
    double[] inverse = factor.clone();
    intW info = new intW(0);
    LAPACK.getInstance().dpotri("L", size, inverse, size, info);
    for (int column = 0; column < size; column++) {
      for (int row = column + 1; row < size; row++) {
        inverse[row * size + column] = inverse[column * size + row];
      }
    }
    return Matrix.wrap(size, size, inverse);
  }
}
