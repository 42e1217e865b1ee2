package finitewidth.inference.montecarlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.prior.Widths;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** When to stop, and which layer to draw more of. */
class StoppingRuleTest {
  private static final int ROWS = 40;
  private static final Widths WIDTHS = Widths.of(100, 100);
  private static final double[] EQUAL = {1, 1};

  private final Matrix tests = Problems.gaussian(ROWS, 3, 12);
  private final DrawnAssembly posterior =
      SamplingFit.posterior(
          Problems.network("relu", 2),
          Problems.gaussian(9, 3, 11),
          Problems.gaussian(9, 1, 5),
          0.3,
          4,
          64);
  private final Estimates estimates = SamplingFit.of(posterior, tests, 32).estimates();
  private final double[] deviations = new double[ROWS];

  StoppingRuleTest() {
    Arrays.fill(deviations, 0.5);
  }

  private StoppingRule rule(double tolerance, int most) {
    return new StoppingRule(tolerance, WIDTHS, most);
  }

  @Test
  void theErrorIsTheQuantileOverRows() {
    double[] errors = new double[ROWS];
    for (int x = 0; x < ROWS; x++) {
      errors[x] = Math.hypot(estimates.meanError(0, x, 0), estimates.meanError(1, x, 0)) / 50;
    }
    Arrays.sort(errors);
    // 38 of 40 rows are 95 %.
    assertThat(rule(0.1, 100).error(estimates, deviations)).isCloseTo(errors[37], within(1e-15));
  }

  @Test
  void stopsWhenMet() {
    double error = rule(0.1, 100).error(estimates, deviations);
    assertThat(rule(1.01 * error, 100).next(estimates, deviations, EQUAL)).containsExactly(32, 32);
    int[] next = rule(0.99 * error, 100).next(estimates, deviations, EQUAL);
    assertThat(next[0] + next[1]).isGreaterThan(64);
  }

  @Test
  void stopsAtTheMost() {
    assertThat(rule(1e-9, 32).next(estimates, deviations, EQUAL)).containsExactly(32, 32);
    assertThat(rule(1e-9, 36).next(estimates, deviations, EQUAL)).containsExactly(36, 36);
  }

  /**
   * With the noise of 32 batches known, the error after the wanted batches is just the tolerance.
   */
  @Test
  void aimsAtTheTolerance() {
    double error = rule(0.1, 100).error(estimates, deviations);
    double[] wanted = rule(error / 3, 100).wanted(estimates, deviations, EQUAL);
    double before = 0;
    double after = 0;
    for (int s = 0; s < 2; s++) {
      for (int x = 0; x < ROWS; x++) {
        double square = Math.pow(estimates.meanError(s, x, 0), 2);
        before += square;
        after += square * 32 / wanted[s];
      }
    }
    assertThat(after / before).isCloseTo(0.95 * 0.95 / 9, within(1e-12));
  }

  @Test
  void aDearLayerIsDrawnLess() {
    double error = rule(0.1, 100).error(estimates, deviations);
    StoppingRule rule = rule(error / 10, 1 << 20);
    double[] equal = rule.wanted(estimates, deviations, EQUAL);
    double[] dear = rule.wanted(estimates, deviations, new double[] {4, 1});
    assertThat(dear[0] / dear[1]).isCloseTo(equal[0] / equal[1] / 2, within(1e-9));
  }
}
