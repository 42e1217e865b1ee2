package finitewidth.linalg;

import dev.ludovic.netlib.blas.BLAS;

/** Matrix products over the loaded BLAS. */
public final class Products {
  private Products() {}

  /** A·B. */
  public static Matrix times(Matrix a, Matrix b) {
    return product("N", a, "N", b);
  }

  /** Aᵀ·B. */
  public static Matrix transposeTimes(Matrix a, Matrix b) {
    return product("T", a, "N", b);
  }

  /** A·Bᵀ. */
  public static Matrix timesTranspose(Matrix a, Matrix b) {
    return product("N", a, "T", b);
  }

  /** Σ_ij A_ij B_ij, summed in row order. */
  public static double inner(Matrix a, Matrix b) {
    requireEqual("rows", a.rows(), b.rows());
    requireEqual("columns", a.cols(), b.cols());
    return dot(a.data(), 0, b.data(), 0, a.data().length);
  }

  /** Σ_k x[xAt + k] y[yAt + k], in index order: the same bits on every machine and BLAS. */
  public static double dot(double[] x, int xAt, double[] y, int yAt, int length) {
    double sum = 0;
    for (int k = 0; k < length; k++) {
      sum += x[xAt + k] * y[yAt + k];
    }
    return sum;
  }

  /** A·x for a vector x, row by row in index order. */
  public static double[] times(Matrix a, double[] x) {
    requireEqual("columns and vector length", a.cols(), x.length);
    double[] y = new double[a.rows()];
    for (int i = 0; i < y.length; i++) {
      y[i] = dot(a.data(), i * a.cols(), x, 0, x.length);
    }
    return y;
  }

  /** xᵀ·A for a vector x, in index order. */
  public static double[] times(double[] x, Matrix a) {
    requireEqual("rows and vector length", a.rows(), x.length);
    double[] y = new double[a.cols()];
    double[] data = a.data();
    for (int i = 0; i < x.length; i++) {
      for (int j = 0, at = i * y.length; j < y.length; j++) {
        y[j] += x[i] * data[at + j];
      }
    }
    return y;
  }

  private static Matrix product(String transA, Matrix a, String transB, Matrix b) {
    boolean plainA = transA.equals("N");
    boolean plainB = transB.equals("N");
    int rows = plainA ? a.rows() : a.cols();
    int inner = plainA ? a.cols() : a.rows();
    int cols = plainB ? b.cols() : b.rows();
    requireEqual("inner dimensions", inner, plainB ? b.rows() : b.cols());
    Matrix c = Matrix.zeros(rows, cols);
    if (rows > 0 && cols > 0 && inner > 0) {
      // BLAS is column-major: our C is its Cᵀ = op(B)ᵀ op(A)ᵀ.
      BLAS.getInstance()
          .dgemm(
              transB,
              transA,
              cols,
              rows,
              inner,
              1.0,
              b.data(),
              Math.max(1, b.cols()),
              a.data(),
              Math.max(1, a.cols()),
              0.0,
              c.data(),
              cols);
    }
    return c;
  }

  private static void requireEqual(String what, int left, int right) {
    if (left != right) {
      throw new IllegalArgumentException(what + " differ: " + left + " and " + right);
    }
  }
}
