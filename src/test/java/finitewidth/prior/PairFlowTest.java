package finitewidth.prior;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PairFlowTest {
  private static final double ANGLE = 0.7;
  private static final Matrix INPUTS =
      Matrix.copyOf(new double[][] {{3, 0}, {2 * Math.cos(ANGLE), 2 * Math.sin(ANGLE)}});

  private static PairFlow linear(int layers, Widths widths) {
    Architecture network =
        Architecture.uniform(Activations.byName("linear").orElseThrow(), layers, 0, 1.7);
    return PairFlow.of(SampleFlow.of(network, INPUTS), widths, 1e-12);
  }

  /**
   * Of linear layers without biases V = Σ_s (K_aa K_bb + K_ab²)/n_s by Wick's theorem, and the
   * kernel has no correction; lengths and variances drop out.
   */
  @Test
  void linearNetworks() {
    double cos = Math.cos(ANGLE);
    for (int layers = 1; layers <= 3; layers++) {
      PairFlow pair = linear(layers, Widths.of(10, 20, 40));
      assertThat(pair.kernel()).isCloseTo(cos, Percentage.withPercentage(1e-12));
      assertThat(pair.selfEnergy()).isCloseTo(0, Offset.offset(1e-14));
      double sum = new double[] {0, 1.0 / 10, 3.0 / 20, 7.0 / 40}[layers];
      assertThat(pair.vertex()).isCloseTo((1 + cos * cos) * sum, Percentage.withPercentage(1e-12));
    }
  }

  @Test
  void infiniteWidthHasNoVertex() {
    PairFlow pair = linear(2, Widths.uniform(2, Double.POSITIVE_INFINITY));
    assertThat(pair.vertex()).isZero();
    assertThat(pair.selfEnergy()).isZero();
  }
}
