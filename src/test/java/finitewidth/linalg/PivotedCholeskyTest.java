package finitewidth.linalg;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.oracle.Problems;
import org.junit.jupiter.api.Test;

/** L Lᵀ is the matrix whatever its rank, and a further row extends L. */
class PivotedCholeskyTest {
  @Test
  void fullRank() {
    Matrix x = Problems.gaussian(6, 9, 1);
    PivotedCholesky cholesky = PivotedCholesky.of(Products.timesTranspose(x, x));
    assertThat(cholesky.rank()).isEqualTo(6);
    assertFactor(cholesky, Products.timesTranspose(x, x));
  }

  @Test
  void deficientRank() {
    Matrix x = Problems.gaussian(40, 3, 2);
    // Two rows that coincide, and one of zeros.
    System.arraycopy(x.data(), 0, x.data(), 9, 3);
    java.util.Arrays.fill(x.data(), 15, 18, 0);
    Matrix k = Products.timesTranspose(x, x);
    PivotedCholesky cholesky = PivotedCholesky.of(k);
    assertThat(cholesky.rank()).isEqualTo(3);
    assertFactor(cholesky, k);
  }

  @Test
  void zeroHasNoRank() {
    assertThat(PivotedCholesky.of(Matrix.zeros(4, 4)).rank()).isZero();
  }

  /** A further row's covariances come back, and of the span nothing is left. */
  @Test
  void extension() {
    Matrix all = Problems.gaussian(21, 4, 3);
    Matrix k = Products.timesTranspose(all, all);
    Matrix known = Matrix.zeros(20, 20);
    double[] covariances = new double[20];
    for (int a = 0; a < 20; a++) {
      covariances[a] = k.get(a, 20);
      for (int b = 0; b < 20; b++) {
        known.set(a, b, k.get(a, b));
      }
    }
    PivotedCholesky cholesky = PivotedCholesky.of(known);
    double[] row = new double[cholesky.rank()];
    cholesky.extend(covariances, row);
    assertClose("covariances", Products.times(cholesky.factor(), row), covariances, 1e-12);
    assertClose("variance", Products.dot(row, 0, row, 0, row.length), k.get(20, 20), 1e-12);
  }

  private static void assertFactor(PivotedCholesky cholesky, Matrix k) {
    Matrix product = Products.timesTranspose(cholesky.factor(), cholesky.factor());
    assertClose("L Lᵀ", product.data(), k.data(), 1e-13);
  }
}
