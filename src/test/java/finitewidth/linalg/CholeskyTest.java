package finitewidth.linalg;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import breeze.linalg.DenseMatrix;
import breeze.linalg.cholesky;
import finitewidth.oracle.Problems;
import org.junit.jupiter.api.Test;

class CholeskyTest {
  private static Matrix gram(int n, int features, double ridge) {
    Matrix x = Problems.gaussian(n, features, 3);
    Matrix gram = Products.timesTranspose(x, x);
    for (int i = 0; i < n; i++) {
      gram.add(i, i, ridge);
    }
    return gram;
  }

  @Test
  void solvesAndInverts() {
    Matrix a = gram(20, 30, 0.1);
    Cholesky cholesky = Cholesky.of(a);
    Matrix b = Problems.gaussian(20, 3, 4);
    assertClose("A A⁻¹ b", Products.times(a, cholesky.solve(b)).data(), b.data(), 1e-11);
    Matrix inverse = cholesky.inverse();
    assertClose("A⁻¹ b", Products.times(inverse, b).data(), cholesky.solve(b).data(), 1e-11);
    assertThat(inverse.transpose().data()).isEqualTo(inverse.data());
    double[] column = b.column(1);
    assertClose(
        "L⁻ᵀL⁻¹b",
        cholesky.solveUpper(cholesky.solveLower(column)),
        cholesky.solve(b).column(1),
        1e-12);
  }

  /** Against breeze, which has its own path to LAPACK. */
  @Test
  void factorAgreesWithBreeze() {
    int n = 12;
    Matrix a = gram(n, n, 0.5);
    DenseMatrix<Object> matrix = new DenseMatrix<>(n, n, a.data().clone());
    DenseMatrix<Object> factor = cholesky.ImplCholesky_DM$.MODULE$.apply(matrix);
    double[] expected = (double[]) factor.data();
    double logDeterminant = 0;
    double[] lower = new double[n * n];
    for (int column = 0; column < n; column++) {
      logDeterminant += 2 * Math.log(expected[column * n + column]);
      for (int row = column; row < n; row++) {
        lower[column * n + row] = Cholesky.of(a).factor().get(column, row);
      }
    }
    assertClose("L", lower, expected, 1e-13);
    assertClose("log det", Cholesky.of(a).logDeterminant(), logDeterminant, 1e-13);
  }

  @Test
  void namesTheFirstDependentRowWhateverTheScale() {
    for (double scale : new double[] {1e-12, 1, 1e12}) {
      Matrix x = Problems.gaussian(9, 12, 3);
      System.arraycopy(x.data(), 2 * 12, x.data(), 6 * 12, 12);
      Matrix a = Products.timesTranspose(x, x);
      for (int i = 0; i < a.data().length; i++) {
        a.data()[i] *= scale;
      }
      assertThatThrownBy(() -> Cholesky.of(a))
          .isInstanceOfSatisfying(
              NotPositiveDefiniteException.class, e -> assertThat(e.row()).isEqualTo(6));
    }
  }

  @Test
  void refusesWhatIsNotSquare() {
    assertThatThrownBy(() -> Cholesky.of(Matrix.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 × 3");
  }

  @Test
  void restoredFactorsSolveTheSameBits() {
    Cholesky cholesky = Cholesky.of(gram(10, 10, 1));
    double[] b = Problems.gaussian(10, 1, 9).data();
    assertThat(Cholesky.restore(cholesky.factor()).solveLower(b)).isEqualTo(cholesky.solveLower(b));
  }
}
