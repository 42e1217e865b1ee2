package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Temperatures against closed forms. */
class TemperingScheduleTest {
  private static final double[] ENDS = {0, 1};

  @Test
  void constantDeviation() {
    TemperingSchedule schedule = new TemperingSchedule(ENDS, new double[] {3, 3});
    assertThat(schedule.length()).isEqualTo(3);
    assertThat(schedule.steps()).isEqualTo(54);
    assertThat(schedule.temperatures(8))
        .usingComparatorWithPrecision(1e-15)
        .containsExactly(0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1);
  }

  /** sd = 4 − 4τ: Λ(τ) = 4τ − 2τ², so τ_k = 1 − √(1 − k/K); with sd = 4τ, √(k/K). */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 64, 3000})
  void linearDeviation(int steps) {
    double[] falling = new TemperingSchedule(ENDS, new double[] {4, 0}).temperatures(steps);
    double[] rising =
        new TemperingSchedule(new double[] {0, 0.3, 1}, new double[] {0, 1.2, 4})
            .temperatures(steps);
    for (int k = 0; k <= steps; k++) {
      double share = (double) k / steps;
      assertThat(falling[k]).isCloseTo(1 - Math.sqrt(1 - share), within(1e-14));
      assertThat(rising[k]).isCloseTo(Math.sqrt(share), within(1e-14));
    }
  }

  /** sd = c/(τ + ε), as of Gaussian likelihoods of wide priors: τ_k + ε is a geometric series. */
  @Test
  void finePilotOfASteepDeviation() {
    double epsilon = 1e-4;
    double constant = 2;
    int pilots = 400;
    double ratio = Math.pow((1 + epsilon) / epsilon, 1.0 / pilots);
    double[] temperatures = new double[pilots + 1];
    double[] deviations = new double[pilots + 1];
    for (int i = 0; i <= pilots; i++) {
      temperatures[i] = i == pilots ? 1 : epsilon * (Math.pow(ratio, i) - 1);
      deviations[i] = constant / (temperatures[i] + epsilon);
    }
    TemperingSchedule schedule = new TemperingSchedule(temperatures, deviations);
    double length = constant * Math.log((1 + epsilon) / epsilon);
    // The trapezoidal rule's error for intervals of a ratio r is log² r / 12.
    assertThat(schedule.length() / length).isCloseTo(1, within(1e-4));
    assertThat(schedule.steps()).isEqualTo((int) Math.ceil(6 * Math.pow(schedule.length(), 2)));
    double[] found = schedule.temperatures(100);
    for (int k = 0; k <= 100; k++) {
      double expected = epsilon * (Math.pow((1 + epsilon) / epsilon, k / 100.0) - 1);
      assertThat(found[k] + epsilon)
          .isCloseTo(expected + epsilon, within(1e-4 * (expected + epsilon)));
      assertThat(k == 0 || found[k] > found[k - 1]).isTrue();
    }
  }

  @Test
  void stepsAreClipped() {
    assertThat(new TemperingSchedule(ENDS, new double[] {2, 2}).steps()).isEqualTo(50);
    assertThat(new TemperingSchedule(ENDS, new double[] {10, 10}).steps()).isEqualTo(600);
    assertThat(new TemperingSchedule(ENDS, new double[] {22.4, 22.4}).steps()).isEqualTo(3000);
  }

  @Test
  void aLikelihoodThatDoesNotVary() {
    TemperingSchedule schedule = new TemperingSchedule(ENDS, new double[2]);
    assertThat(schedule.steps()).isEqualTo(50);
    assertThat(schedule.temperatures(4)).containsExactly(0, 0.25, 0.5, 0.75, 1);
  }

  /** Where the deviation is 0 over a stretch, no temperature is spent there. */
  @Test
  void aStretchWithoutLength() {
    double[] found =
        new TemperingSchedule(new double[] {0, 0.25, 0.75, 1}, new double[] {2, 0, 0, 2})
            .temperatures(4);
    assertThat(found[1]).isCloseTo(0.25 - 0.25 * Math.sqrt(0.5), within(1e-15));
    assertThat(found[3]).isCloseTo(0.75 + 0.25 * Math.sqrt(0.5), within(1e-15));
  }

  @Test
  void refuses() {
    double[] ones = {1, 1, 1};
    assertThatThrownBy(() -> new TemperingSchedule(new double[] {0, 1}, ones))
        .hasMessage("2 temperatures with 3 deviations are no pilot run");
    assertThatThrownBy(() -> new TemperingSchedule(new double[] {0, 0.5, 0.9}, ones))
        .hasMessage("a pilot run goes from 0 to 1, not from 0.0 to 0.9");
    assertThatThrownBy(() -> new TemperingSchedule(new double[] {0, 0, 1}, ones))
        .hasMessage("temperatures of a pilot run rise: 0.0");
    assertThatThrownBy(() -> new TemperingSchedule(ENDS, new double[] {1, Double.NaN}))
        .hasMessage("the log likelihood has the deviation NaN at 1.0");
  }
}
