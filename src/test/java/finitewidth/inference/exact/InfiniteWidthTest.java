package finitewidth.inference.exact;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Expansion;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import org.junit.jupiter.api.Test;

/** As the width grows the NNGP comes back, and the flag says where the expansion ends. */
class InfiniteWidthTest {
  private final Matrix inputs = Problems.gaussian(8, 3, 21);
  private final ExactPosterior posterior =
      Fit.of(Problems.network("relu", 2), inputs, Problems.gaussian(8, 2, 22), 0.2);
  private final Prediction prediction =
      posterior.predictor().predict(Problems.gaussian(1, 3, 23).data());

  @Test
  void correctionsVanishAsOneOverWidth() {
    double[] at100 = prediction.at(Widths.uniform(2, 100)).deltaMean();
    double[] at1e9 = prediction.at(Widths.uniform(2, 1e9)).deltaMean();
    for (int i = 0; i < 2; i++) {
      assertThat(at100[i]).isNotZero();
      assertThat(at1e9[i] * 1e7 / at100[i]).isBetween(1 - 1e-12, 1 + 1e-12);
    }
    assertThat(prediction.at(Widths.uniform(2, Double.POSITIVE_INFINITY)).deltaVariance())
        .containsOnly(0);
    assertThat(posterior.logEvidence().delta(Widths.uniform(2, Double.POSITIVE_INFINITY))).isZero();
  }

  @Test
  void narrowNetworksAreOutsideTheExpansion() {
    assertThat(prediction.at(Widths.uniform(2, 1e6)).trusted()).isTrue();
    assertThat(prediction.at(Widths.uniform(2, 0.05)).trusted()).isFalse();
  }

  @Test
  void theFlagIsTheDocumentedCriterion() {
    double c = 0.04;
    assertThat(Expansion.holds(c, new double[] {0.199}, new double[] {-0.0199})).isTrue();
    assertThat(Expansion.holds(c, new double[] {0.201}, new double[] {0})).isFalse();
    assertThat(Expansion.holds(c, new double[] {0}, new double[] {0.0201})).isFalse();
    assertThat(Expansion.holds(c, new double[] {0, -0.3}, new double[] {0, 0})).isFalse();
    assertThat(Expansion.holds(-1e-18, new double[] {0}, new double[] {0})).isFalse();
    assertThat(Expansion.holds(c, new double[] {Double.NaN}, new double[0])).isFalse();
  }
}
