package finitewidth.inference.comparison;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.posterior.Components;
import finitewidth.posterior.Predictive;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Posteriors at known distances from chains of made-up states with mean 0 and variance 1. */
class RankingTest {
  private static final int TESTS = 8;
  private static final int CHAINS = 16;
  private static final double SPREAD = 0.1;
  private static final WeightedMoments NNGP = shifted(0.5, 4, 1);

  private static ChainTruth truth(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ChainMoments> rows = new ArrayList<>();
    double[] none = {0};
    for (int x = 0; x < TESTS; x++) {
      double[] means = new double[CHAINS * 10];
      double[] variances = new double[means.length];
      for (int k = 0; k < means.length; k++) {
        means[k] = SPREAD * random.nextGaussian();
        variances[k] = 1 - SPREAD * SPREAD;
      }
      Components states = Components.equal(new double[][] {means}, variances);
      rows.add(
          ChainMoments.of(new Predictive(none, 1, none, none, none, none, true, states), CHAINS));
    }
    return new ChainTruth(rows, new ChainTruth.Evidence(-3, 0.01), 400, true);
  }

  /** Off by so much at every other row, in the other direction at the rest. */
  private static WeightedMoments shifted(double mean, double variance, double evidence) {
    double[][] means = new double[TESTS][1];
    double[][] variances = new double[TESTS][1];
    for (int x = 0; x < TESTS; x++) {
      means[x][0] = x % 2 == 0 ? mean : -mean;
      variances[x][0] = variance;
    }
    return WeightedMoments.exact(means, variances, -3 + evidence);
  }

  private static Ranking of(ChainTruth truth, WeightedMoments... judged) {
    return Ranking.of(truth, Comparison.Quantity.MEAN, NNGP, List.of(judged));
  }

  @Test
  void theNearestComesOutAndDistancesAreThoseOfAComparison() {
    ChainTruth truth = truth(11);
    WeightedMoments near = shifted(0.2, 1.1, 0.1);
    Ranking ranking = of(truth, NNGP, near, shifted(0.3, 1, 0));
    assertThat(ranking.nearest()).isEqualTo(1);
    assertThat(ranking.nearestOrTied()).containsExactly(1);
    Comparison alone =
        Comparison.of(truth, NNGP, near).stream()
            .filter(c -> c.quantity() == Comparison.Quantity.MEAN)
            .findFirst()
            .orElseThrow();
    assertThat(ranking.distances().get(1)).isEqualTo(alone.corrected());
    assertThat(ranking.distances().get(0)).isEqualTo(alone.nngp());
    // In deviations of the NNGP, which are 2: what is left of the third is (0.3² − 0.2²)/4 more,
    // up to the noise of the chains, 0.1/√160 times 0.1/2 and 1/√8.
    assertThat(ranking.behind().get(1).square()).isZero();
    assertClose("behind", ranking.behind().get(2).square(), 0.0125, 0.02);
  }

  /** Of equal distances in opposite directions either is nearest, and the other one is tied. */
  @Test
  void whatNoiseHidesIsTied() {
    int alarms = 0;
    for (long seed = 0; seed < 200; seed++) {
      Ranking ranking = of(truth(seed), shifted(0.2, 1, 0), shifted(-0.2, 1, 0), NNGP);
      assertThat(ranking.nearest()).isIn(0, 1);
      assertThat(ranking.nearestOrTied()).doesNotContain(2);
      alarms += ranking.nearestOrTied().size() == 2 ? 0 : 1;
    }
    // 4.55 % of 200 by design, both sides of Student's t: above 22 by chance in 1 of 1000.
    assertThat(alarms).isBetween(1, 22);
  }

  @Test
  void noiseOfItsOwnTiesAMethodToo() {
    ChainTruth truth = truth(5);
    WeightedMoments exact = shifted(0.21, 1, 0);
    double[][] errors = new double[TESTS][1];
    for (double[] row : errors) {
      row[0] = 0.1;
    }
    WeightedMoments sampled =
        new WeightedMoments(exact.mean(), exact.variance(), -3, errors, errors, 0);
    WeightedMoments near = shifted(0.18, 1, 0);
    assertThat(of(truth, near, exact).nearestOrTied()).containsExactly(0);
    assertThat(of(truth, near, sampled).nearestOrTied()).contains(0, 1);
  }

  @Test
  void whatIsNoNumberIsNeverNearest() {
    Ranking ranking = of(truth(3), shifted(Double.NaN, 1, 0), NNGP);
    assertThat(ranking.nearest()).isEqualTo(1);
    assertThat(ranking.nearestOrTied()).containsExactly(1);
    Ranking none = of(truth(3), shifted(Double.NaN, 1, 0));
    assertThat(none.nearest()).isEqualTo(-1);
    assertThat(none.nearestOrTied()).isEmpty();
  }

  /** d = 1, 2, 6 less 3: squares 4, 1, 9 over 3 · 2. */
  @Test
  void pairs() {
    PairedMean mean = PairedMean.of(new double[] {2, 4, 9}, new double[] {1, 2, 3});
    assertThat(mean.value()).isEqualTo(3);
    assertClose("error", mean.error(), Math.sqrt(14.0 / 6), 1e-15);
    assertThat(mean.error()).isGreaterThan(1);
    assertThat(PairedMean.of(new double[] {2}, new double[] {1}).error()).isNaN();
    assertThatThrownBy(() -> PairedMean.of(new double[] {2}, new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
