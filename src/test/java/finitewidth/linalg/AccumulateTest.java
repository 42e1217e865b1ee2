package finitewidth.linalg;

import static finitewidth.oracle.Closeness.assertClose;

import finitewidth.oracle.Problems;
import org.junit.jupiter.api.Test;

/** Products in place against those that allocate. */
class AccumulateTest {
  private final Matrix a = Problems.gaussian(5, 4, 1);
  private final Matrix b = Problems.gaussian(4, 7, 2);
  private final Matrix start = Problems.gaussian(5, 7, 3);

  private void assertAdded(Matrix c, double alpha, Matrix product, double beta) {
    double[] expected = new double[c.data().length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = alpha * product.data()[i] + beta * start.data()[i];
    }
    assertClose("C", c.data(), expected, 1e-14);
  }

  @Test
  void general() {
    Matrix c = start.copy();
    Accumulate.times(2, a, b, -0.5, c);
    assertAdded(c, 2, Products.times(a, b), -0.5);
    c = start.copy();
    Accumulate.timesTranspose(-1, a, b.transpose(), 1, c);
    assertAdded(c, -1, Products.times(a, b), 1);
    c = start.copy();
    Accumulate.transposeTimes(1, a.transpose(), b, 0, c);
    assertAdded(c, 1, Products.times(a, b), 0);
  }

  @Test
  void triangular() {
    Matrix t = Problems.gaussian(4, 4, 5);
    Matrix lower = t.copy();
    for (int i = 0; i < 4; i++) {
      for (int j = i + 1; j < 4; j++) {
        lower.set(i, j, 0);
      }
    }
    Matrix c = b.copy();
    Accumulate.lowerTimes(t, c);
    assertClose("T B", c.data(), Products.times(lower, b).data(), 1e-14);
    c = b.copy();
    Accumulate.lowerTransposeTimes(t, c);
    assertClose("Tᵀ B", c.data(), Products.transposeTimes(lower, b).data(), 1e-14);
  }

  @Test
  void inverseFactor() {
    Matrix x = Problems.gaussian(6, 9, 1);
    Matrix k = Products.timesTranspose(x, x);
    Matrix inverse = Cholesky.of(k).inverseFactor();
    assertClose(
        "L⁻ᵀ L⁻¹",
        Products.transposeTimes(inverse, inverse).data(),
        Cholesky.of(k).inverse().data(),
        1e-12);
    for (int i = 0; i < 6; i++) {
      for (int j = i + 1; j < 6; j++) {
        assertClose("upper", inverse.get(i, j), 0, 1e-300);
      }
    }
  }
}
