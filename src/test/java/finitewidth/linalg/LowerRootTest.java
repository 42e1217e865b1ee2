package finitewidth.linalg;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.oracle.Problems;
import org.junit.jupiter.api.Test;

class LowerRootTest {
  @Test
  void isARootOfTheGramMatrix() {
    Matrix h = Problems.gaussian(40, 100, 1);
    // Rows that coincide, and one that depends on others.
    System.arraycopy(h.data(), 0, h.data(), 700, 100);
    for (int k = 0; k < 100; k++) {
      h.set(9, k, h.get(3, k) - 2 * h.get(4, k));
    }
    Matrix root = LowerRoot.of(h);
    assertClose(
        "L Lᵀ",
        Products.timesTranspose(root, root).data(),
        Products.timesTranspose(h, h).data(),
        1e-14);
    for (int a = 0; a < 40; a++) {
      for (int b = a + 1; b < 40; b++) {
        assertThat(root.get(a, b)).isZero();
      }
    }
  }

  @Test
  void wideMatricesOnly() {
    assertThatThrownBy(() -> LowerRoot.of(Matrix.zeros(3, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 × 2");
  }
}
