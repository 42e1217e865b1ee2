package finitewidth.gaussian.erf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StarNodesTest {
  /** Singular at ±1, at ±i, and at ±e^{±iπ/4}, on the circle that the integrand may reach to. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-6, 1e-9, 1e-12, 1e-15})
  void closedForms(double tolerance) {
    StarNodes nodes = new StarNodes(tolerance);
    double allowed = Math.max(tolerance, 2e-14);
    for (double t = 1e-5; t < 1 - 1e-5; t += Math.min(0.01, (1 - t) / 10)) {
      StarNodes.Rule rule = nodes.rule(nodes.count(t * t / ((1 - t) * (1 + t))));
      double real = 0;
      double imaginary = 0;
      double diagonal = 0;
      for (int i = 0; i < rule.size(); i++) {
        double xx = t * t * rule.squares()[i];
        real +=
            rule.weights()[i] / Math.sqrt(rule.rests()[i] + rule.squares()[i] * (1 - t) * (1 + t));
        imaginary += rule.weights()[i] / Math.sqrt(1 + xx);
        // Re 1/√(1 − i x²), the derivative of Re e^{−iπ/4} asin(e^{iπ/4} x).
        double size = Math.sqrt(1 + xx * xx);
        diagonal += rule.weights()[i] * Math.sqrt((1 + 1 / size) / (2 * size));
      }
      assertThat(real).isCloseTo(Math.asin(t) / t, within(allowed));
      double asinh = Math.log1p(t + t * t / (1 + Math.sqrt(1 + t * t)));
      assertThat(imaginary).isCloseTo(asinh / t, within(allowed));
      assertThat(diagonal).isCloseTo(diagonal(t), within(Math.max(tolerance, 1e-13)));
    }
  }

  /** Σ_k C(2k, k) / 4^k · Re i^k · t^{2k} / (2k + 1). */
  private static double diagonal(double t) {
    double[] sign = {1, 0, -1, 0};
    double term = 1;
    double sum = 0;
    for (int k = 0; k < 3_000_000 && Math.abs(term) > 1e-18; k++) {
      sum += sign[k % 4] * term / (2 * k + 1);
      term *= t * t * (2 * k + 1) / (2 * k + 2);
    }
    return sum;
  }

  @Test
  void squaresAndRestsAddUpToOne() {
    StarNodes nodes = new StarNodes(1e-12);
    for (int n = nodes.count(0); n <= nodes.largest(); n++) {
      StarNodes.Rule rule = nodes.rule(n);
      assertThat(rule.size()).isEqualTo(n);
      for (int i = 0; i < n; i++) {
        assertThat(rule.squares()[i] + rule.rests()[i]).isCloseTo(1, within(2e-14));
        assertThat(rule.rests()[i]).isPositive();
      }
    }
  }

  @Test
  void anyReachHasARule() {
    StarNodes nodes = new StarNodes(1e-9);
    assertThat(nodes.count(0)).isEqualTo(nodes.count(-1e-16)).isEqualTo(2);
    assertThat(nodes.count(1e300)).isEqualTo(nodes.largest());
  }
}
