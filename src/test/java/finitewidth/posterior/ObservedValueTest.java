package finitewidth.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ObservedValueTest {
  private static final Percentage CLOSE = Percentage.withPercentage(1e-11);

  /** By mpmath with 30 digits: -log(npdf(2.5, 1, sqrt(0.3))), and ncdf likewise. */
  @Test
  void densityAndProbability() {
    assertThat(ObservedValue.negativeLogDensity(2.5, 1, 0.3)).isCloseTo(4.06695213104170474, CLOSE);
    assertThat(ObservedValue.cumulativeProbability(2.5, 1, 0.3))
        .isCloseTo(0.996915050339727919, CLOSE);
    assertThat(ObservedValue.cumulativeProbability(1, 1, 0.3)).isEqualTo(0.5);
  }

  @Test
  void noVarianceNoProbability() {
    assertThat(ObservedValue.negativeLogDensity(1, 1, -1)).isNaN();
    assertThat(ObservedValue.cumulativeProbability(2, 1, -1)).isNaN();
  }
}
