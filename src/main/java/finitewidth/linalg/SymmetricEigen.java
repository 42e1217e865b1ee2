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
    int[] integers = new int[1];
    LAPACK lapack = LAPACK.getInstance();
    // Divide and conquer: several times as fast as QL where there are a thousand rows.
    lapack.dsyevd("V", "L", n, vectors, n, values, size, -1, integers, -1, info);
    double[] work = new double[Math.max(1 + 6 * n + 2 * n * n, (int) size[0])];
    int[] whole = new int[Math.max(3 + 5 * n, integers[0])];
    lapack.dsyevd(
        "V", "L", n, vectors, n, values, work, work.length, whole, whole.length, info);
    if (info.val != 0) {
      throw new NumericsException(
          "the eigenvalues of a " + n + " × " + n + " matrix do not settle");
    }
    return new SymmetricEigen(values, Matrix.wrap(n, n, vectors).transpose());
  }
}
