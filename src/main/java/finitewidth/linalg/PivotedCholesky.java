package finitewidth.linalg;

import dev.ludovic.netlib.blas.BLAS;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A factorisation K ≈ L Lᵀ of a positive semidefinite N × N matrix by Cholesky steps on the largest
 * remaining diagonal element, stopped where what remains is rounding: L is N × r with r the
 * numerical rank. Singular matrices (few features, coinciding points) are as good as others.
 *
 * <p>No element of K − L Lᵀ exceeds {@link #RELATIVE_REMAINDER} · N times the largest diagonal
 * element of K.
 */
public final class PivotedCholesky implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of the largest diagonal element, times N: pivots below are rounding (as in LAPACK). */
  static final double RELATIVE_REMAINDER = 0x1p-52;

  /** Columns that there is room for at first. */
  private static final int FIRST = 64;

  private final Matrix factor;
  private final int[] pivots;

  private PivotedCholesky(Matrix factor, int[] pivots) {
    this.factor = factor;
    this.pivots = pivots;
  }

  /**
   * Factorises a matrix, O(N r²); the matrix is left as it is.
   *
   * @param k N × N, symmetric, positive semidefinite
   */
  public static PivotedCholesky of(Matrix k) {
    int n = k.rows();
    double[] diagonal = new double[n];
    double largest = 0;
    for (int a = 0; a < n; a++) {
      diagonal[a] = k.get(a, a);
      largest = Math.max(largest, diagonal[a]);
    }
    return of(
        diagonal,
        (row, to) -> System.arraycopy(k.data(), row * n, to, 0, n),
        RELATIVE_REMAINDER * n * largest,
        n);
  }

  /** The rows of a symmetric matrix, each computed where it is first needed. */
  @FunctionalInterface
  public interface Rows {
    /** Writes row {@code row} into the array. */
    void read(int row, double[] to);
  }

  /**
   * Factorises a matrix that is never formed: r rows of it are asked for. O(N r²) time, O(N r)
   * memory.
   *
   * @param diagonal N
   * @param stop the largest remaining diagonal element at which the rest is left
   * @param most the largest r
   */
  public static PivotedCholesky of(double[] diagonal, Rows rows, double stop, int most) {
    int n = diagonal.length;
    // Column after column, each contiguous; room for more is made as they come.
    double[] columns = new double[n * Math.min(most, FIRST)];
    double[] remaining = diagonal.clone();
    int[] pivots = new int[Math.min(n, most)];
    int rank = 0;
    double[] row = new double[pivots.length];
    double[] column = new double[n];
    while (rank < pivots.length) {
      int pivot = 0;
      for (int a = 1; a < n; a++) {
        if (remaining[a] > remaining[pivot]) {
          pivot = a;
        }
      }
      if (!(remaining[pivot] > stop)) {
        break;
      }
      int at = Math.multiplyExact(rank, n);
      if (at == columns.length) {
        columns = Arrays.copyOf(columns, (int) Math.min(2L * at, (long) n * pivots.length));
      }
      rows.read(pivot, column);
      for (int j = 0; j < rank; j++) {
        row[j] = columns[j * n + pivot];
      }
      BLAS.getInstance().dgemv("N", n, rank, -1, columns, 0, n, row, 0, 1, 1, column, 0, 1);
      double root = Math.sqrt(remaining[pivot]);
      for (int j = 0; j < rank; j++) {
        column[pivots[j]] = 0;
      }
      for (int a = 0; a < n; a++) {
        column[a] /= root;
        remaining[a] -= column[a] * column[a];
      }
      column[pivot] = root;
      System.arraycopy(column, 0, columns, at, n);
      remaining[pivot] = Double.NEGATIVE_INFINITY;
      pivots[rank++] = pivot;
    }
    Matrix factor =
        Matrix.wrap(rank, n, Arrays.copyOf(columns, Math.multiplyExact(rank, n))).transpose();
    return new PivotedCholesky(factor, Arrays.copyOf(pivots, rank));
  }

  /** The rows in the order in which they were taken: each the least explained by those before. */
  public int[] pivots() {
    return pivots.clone();
  }

  /** r, at least 1 unless the matrix is zero. */
  public int rank() {
    return pivots.length;
  }

  /** L, N × r, rows in the order of the matrix. */
  public Matrix factor() {
    return factor;
  }

  /**
   * The row that L would gain from one more point, but for its last element: with z = L g and g of
   * unit normals, the new point's z given all others is row·g with variance k_xx − |row|².
   *
   * @param covariances of the new point with the N points
   * @param row receives r numbers
   */
  public void extend(double[] covariances, double[] row) {
    int r = pivots.length;
    double[] l = factor.data();
    for (int j = 0; j < r; j++) {
      int at = pivots[j] * r;
      double sum = covariances[pivots[j]];
      for (int i = 0; i < j; i++) {
        sum -= l[at + i] * row[i];
      }
      row[j] = sum / l[at + j];
    }
  }
}
