package finitewidth.gaussian.quadrature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPoint;
import finitewidth.gaussian.activations.Activations;
import finitewidth.gaussian.lanes.GaussLegendre;
import finitewidth.gaussian.lanes.OrthantProbability;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinks and jumps: where they are found, and that their expectations are right. */
class KinksTest {
  @Test
  void kinksAreFoundWhereTheyAre() {
    List<Kink> kinks = KinkFinder.find(z -> Math.max(-1, Math.min(0.3, z)), 8);
    assertThat(kinks).hasSize(2);
    assertThat(kinks.get(0).at()).isEqualTo(-1);
    assertThat(kinks.get(1).at()).isCloseTo(0.3, within(1e-12));
    assertThat(kinks.get(0).jumps()[0][1]).isCloseTo(1, within(1e-10));
    assertThat(kinks.get(1).jumps()[0][1]).isCloseTo(-1, within(1e-10));
    // σ² = 0.09 above 0.3 and z² below.
    assertThat(kinks.get(1).jumps()[1][1]).isCloseTo(-0.6, within(1e-10));
    assertThat(KinkFinder.find(Math::tanh, 8)).isEmpty();
    assertThat(KinkFinder.find(Math::sin, 16)).isEmpty();
    List<Kink> elu = KinkFinder.find(StandardFunction.ELU::value, 8);
    assertThat(elu).hasSize(1);
    assertThat(elu.get(0).jumps()[0][2]).isCloseTo(-1, within(1e-7));
  }

  /** P(X &gt; h, Y &gt; k) against its integral over x in small steps. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0.3", "0, 0, -0.999", "0.5, 1, 0.7", "1, 1, 0.95", "1, 1.0001, 0.9999",
    "2, 0.3, 0.99", "0.2, 0.4, -0.9", "1, 2, -0.3", "0, 1.5, 0.85", "3, 3, 0.5"
  })
  void orthantProbability(double h, double k, double r) {
    double s = Math.sqrt((1 - r) * (1 + r));
    double sum = 0;
    int steps = 4000;
    double width = (12 - h) / steps;
    GaussLegendre rule = GaussLegendre.of(8);
    for (int i = 0; i < steps; i++) {
      for (int j = 0; j < 8; j++) {
        double x = h + (i + rule.nodes()[j]) * width;
        sum +=
            width
                * rule.weights()[j]
                * OrthantProbability.density(x)
                * OrthantProbability.tail((k - r * x) / s);
      }
    }
    assertThat(OrthantProbability.of(h, k, r, s)).isCloseTo(sum, within(2e-14));
  }

  /** (z − t)_+ for a t that no bisection of the range meets. */
  @Test
  void kinkAwayFromZero() {
    double t = 0.37;
    Activation bent = new QuadratureActivation("bent", z -> Math.max(z - t, 0));
    for (double r : new double[] {-0.9, 0, 0.5, 0.9, 0.97, 0.9999}) {
      double s = Math.sqrt((1 - r) * (1 + r));
      TwoPoint two = TwoPoint.of(bent, 1, 1, r, 2 * (1 - r));
      double step = OrthantProbability.of(t, t, r, s);
      double edge = OrthantProbability.density(t) * OrthantProbability.tail(t * (1 - r) / s);
      double both =
          s * s * OrthantProbability.density(t) * OrthantProbability.density(t * (1 - r) / s) / s;
      // E (X − t)_+ (Y − t)_+ = (r + t²) P − 2 t φ(t) Q + s φ φ, all at equal thresholds.
      double expected = (r + t * t) * step - 2 * t * edge + both;
      assertThat(two.mean()).as("r = %s", r).isCloseTo(expected, within(2e-13));
      assertThat(two.dc()).isCloseTo(step, within(1e-11));
    }
    assertThat(bent.relativeError(1)).isLessThan(1e-9);
  }

  /** Merging points: distances keep their digits, self-energies' derivatives stay finite. */
  @Test
  void mergingPoints() {
    Activation elu = Activations.byName("elu").orElseThrow();
    Activation tanh = Activations.byName("tanh").orElseThrow();
    for (double gap = 1e-2; gap > 1e-12; gap *= 0.1) {
      TwoPoint smooth = TwoPoint.of(tanh, 1, 1, 1 - gap, 2 * gap);
      TwoPoint same = TwoPoint.of(tanh, 1, 1, 1, 0);
      // ⟨(σ1 − σ2)²⟩ = 2 gap F_c + O(gap²).
      double slope = smooth.distance() / (2 * gap);
      assertThat(slope).isCloseTo(same.dc(), within(2 * gap * same.dcc() + 1e-12));
      TwoPoint kinked = TwoPoint.of(elu, 1, 1, 1 - gap, 2 * gap);
      assertThat(kinked.distance() / (2 * gap))
          .isCloseTo(TwoPoint.of(elu, 1, 1, 1, 0).dc(), within(3 * gap + 1e-15 / gap));
      assertThat(List.of(kinked.dcc(), kinked.d11(), kinked.d1c())).allMatch(Double::isFinite);
    }
  }

  /** Σ F_pq over the three variances of a point with itself is d²⟨σ²⟩/dK². */
  @ParameterizedTest
  @CsvSource({"tanh, 1e-9", "softplus, 1e-9", "silu, 1e-9", "elu, 2e-4"})
  void curvatureOfAPointWithItself(String name, double tolerance) {
    Activation activation = Activations.byName(name).orElseThrow();
    for (double k : new double[] {0.1, 1, 4}) {
      OnePoint one = new OnePoint();
      activation.onePoint(k, one);
      TwoPoint two = TwoPoint.of(activation, k, k, k, 0);
      double sum = two.d11() + two.d22() + two.dcc() + 2 * (two.d12() + two.d1c() + two.d2c());
      assertThat(sum).isCloseTo(one.second, within(tolerance / k));
    }
  }
}
