package finitewidth.linalg;

import dev.ludovic.netlib.lapack.LAPACK;
import org.netlib.util.intW;

/**
 * The eigenvalues and eigenvectors of a symmetric matrix, A = E diag(λ) Eᵀ, by LAPACK. O(N³).
 *
 * @param values λ, rising
 * @param vectors E, N × N, one eigenvector a column
 */
public record SymmetricEigen(double[] values, Matrix vectors) {

  /** Decomposes a symmetric matrix, which is left as it is. */
  public static SymmetricEigen of(Matrix a) {
    int n = a.rows();
    double[] vectors = a.data().clone();
    double[] values = new double[n];
    intW info = new intW(0);
    double[] size = new double[1];
    LAPACK.getInstance().dsyev("V", "L", n, vectors, n, values, size, -1, info);
    double[] work = new double[Math.max(3 * n, (int) size[0])];
    LAPACK.getInstance().dsyev("V", "L", n, vectors, n, values, work, work.length, info);
    return settled(values, vectors, info);
  }

  /**
   * The same by divide and conquer, several times as fast where there are hundreds of rows; with
   * other signs of eigenvectors, and with work of 2 N² numbers.
   */
  public static SymmetricEigen divided(Matrix a) {
    int n = a.rows();
    double[] vectors = a.data().clone();
    double[] values = new double[n];
    intW info = new intW(0);
    double[] work = new double[Math.toIntExact(1L + 6L * n + 2L * n * n)];
    int[] whole = new int[3 + 5 * n];
    LAPACK
        .getInstance()
        .dsyevd("V", "L", n, vectors, n, values, work, work.length, whole, whole.length, info);
    return settled(values, vectors, info);
  }

  private static SymmetricEigen settled(double[] values, double[] vectors, intW info) {
    int n = values.length;
    if (info.val != 0) {
      throw new NumericsException(
          "the eigenvalues of a " + n + " × " + n + " matrix do not settle");
    }
    return new SymmetricEigen(values, Matrix.wrap(n, n, vectors).transpose());
  }
}
