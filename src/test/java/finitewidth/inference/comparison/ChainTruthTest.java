package finitewidth.inference.comparison;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import finitewidth.posterior.Components;
import finitewidth.posterior.Predictive;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chains of made-up states, of which everything is known. */
class ChainTruthTest {
  private static final int TESTS = 5;
  private static final double SPREAD = 0.2;

  /** c, the same for all states. */
  private static final double WITHIN = 0.5;

  private static Predictive row(double[] means, double[] variances) {
    double[] none = {0};
    return new Predictive(
        none, 1, none, none, none, none, true, Components.equal(new double[][] {means}, variances));
  }

  /** Rows with the mean 0.3; conditional means scatter about it. */
  private static ChainTruth truth(long seed, int chains, int states) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ChainMoments> rows = new ArrayList<>();
    for (int x = 0; x < TESTS; x++) {
      double[] means = new double[chains * states];
      double[] variances = new double[means.length];
      for (int k = 0; k < means.length; k++) {
        means[k] = 0.3 + SPREAD * random.nextGaussian();
        variances[k] = WITHIN;
      }
      rows.add(ChainMoments.of(row(means, variances), chains));
    }
    double evidence = -3 + 0.1 * random.nextGaussian();
    return new ChainTruth(rows, new ChainTruth.Evidence(evidence, 0.1), 400, true);
  }

  private static WeightedMoments constant(double mean, double variance, double evidence) {
    double[][] means = new double[TESTS][1];
    double[][] variances = new double[TESTS][1];
    for (int x = 0; x < TESTS; x++) {
      means[x][0] = mean;
      variances[x][0] = variance;
    }
    return WeightedMoments.exact(means, variances, evidence);
  }

  /** Two chains of two states, by hand. */
  @Test
  void momentsOfTheMixture() {
    ChainMoments row =
        ChainMoments.of(row(new double[] {1, 2, 3, 6}, new double[] {0.1, 0.3, 0.2, 0.4}), 2);
    WeightedMoments found =
        new ChainTruth(List.of(row), new ChainTruth.Evidence(-7, 0.5), 10, true).posterior();
    assertClose("mean", found.mean()[0][0], 3, 1e-14);
    assertClose("variance", found.variance()[0][0], 0.25 + (4 + 1 + 0 + 9) / 4.0, 1e-14);
    // Chains have the means 1.5 and 4.5: 3/√2 over √2.
    assertClose("error", found.meanError()[0][0], 1.5, 1e-14);
    assertThat(found.logEvidence()).isEqualTo(-7);
    assertThat(found.logEvidenceError()).isEqualTo(0.5);
  }

  /** Where Student's t has 0.97725 below it, by Simpson's rule on its density and bisection. */
  @ParameterizedTest
  @CsvSource({"4, 3.3068222", "8, 2.4288051", "16, 2.1811626", "32, 2.0839300"})
  void fewChainsNeedMoreErrors(int chains, double significant) {
    assertThat(truth(1, chains, 2).significant()).isCloseTo(significant, within(1e-6));
  }

  /**
   * Distances of a posterior with the mean 0.4 and of one that is exact, over 2000 sets of chains:
   * what noise adds to squares is taken off, on average within 4 standard errors.
   */
  @Test
  void squaresAreFreeOfNoise() {
    int trials = 2000;
    double variance = WITHIN + SPREAD * SPREAD;
    WeightedMoments right = constant(0.3, variance, -3);
    WeightedMoments wrong = constant(0.4, variance, -3.5);
    double[] sum = new double[4];
    double[] squares = new double[4];
    int alarms = 0;
    for (int trial = 0; trial < trials; trial++) {
      List<Comparison> found = Comparison.of(truth(100 + trial, 8, 10), wrong, right);
      Comparison mean = found.get(0);
      Comparison evidence = found.get(2);
      double[] numbers = {
        mean.corrected().square(),
        mean.nngp().square() * variance,
        evidence.nngp().square(),
        evidence.corrected().square()
      };
      for (int k = 0; k < numbers.length; k++) {
        sum[k] += numbers[k] / trials;
        squares[k] += numbers[k] * numbers[k] / trials;
      }
      alarms += mean.corrected().isResolved() ? 1 : 0;
    }
    double[] expected = {0, 0.01, 0.25, 0};
    for (int k = 0; k < expected.length; k++) {
      double error = Math.sqrt((squares[k] - sum[k] * sum[k]) / trials);
      // In units of the NNGP's variance, which is what means are counted in.
      assertThat(sum[k]).as("square %d", k).isCloseTo(expected[k], within(4 * error));
    }
    assertThat(alarms).isBetween(0, trials / 20);
  }

  @Test
  void chainsThatHaveNotConvergedSayNothing() {
    ChainTruth good = truth(1, 8, 20);
    assertThat(good.silence()).isEmpty();
    ChainMoments row = ChainMoments.of(row(new double[] {1, 2}, new double[] {1, 1}), 2);
    ChainTruth bad = new ChainTruth(List.of(row), new ChainTruth.Evidence(0, 1), 1e6, false);
    assertThat(Trust.of(bad, List.of())).isEqualTo(Trust.NOT_CONVERGED);
    assertThat(Trust.NOT_CONVERGED.isSilence()).isTrue();
  }

  @Test
  void statesMustBeThoseOfTheChains() {
    assertThatThrownBy(() -> ChainMoments.of(row(new double[3], new double[3]), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("states of 2 chains");
  }
}
