package finitewidth.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Against closed forms and draws. */
class LargestOfTest {
  private static final NormalDistribution NORMAL = new NormalDistribution();

  /** P(f_1 &gt; f_0) = Φ((μ_1 − μ_0)/√(σ_0² + σ_1²)). */
  @Test
  void twoClasses() {
    for (double gap : new double[] {-4, -1, -0.1, 0, 0.3, 2}) {
      for (double variance : new double[] {0.4, 1, 2.8}) {
        double[] found = LargestOf.probabilities(new double[] {0, gap}, new double[] {1, variance});
        double expected = NORMAL.cumulativeProbability(gap / Math.sqrt(1 + variance));
        assertThat(found[1]).isCloseTo(expected, within(1e-9));
        assertThat(found[0] + found[1]).isCloseTo(1, within(1e-15));
      }
    }
  }

  /** Ten alike have a tenth each. */
  @Test
  void symmetry() {
    double[] equal = LargestOf.probabilities(new double[10], ones(10));
    for (double p : equal) {
      assertThat(p).isCloseTo(0.1, within(1e-14));
    }
  }

  @Test
  void draws() {
    double[] mean = {0.1, -0.2, 0.4};
    double[] variance = {0.5, 0.9, 0.3};
    SplittableRandom random = new SplittableRandom(3);
    int draws = 400_000;
    double[] count = new double[3];
    for (int d = 0; d < draws; d++) {
      double[] f = new double[3];
      for (int i = 0; i < 3; i++) {
        f[i] = mean[i] + Math.sqrt(variance[i]) * gaussian(random);
      }
      count[LargestOf.index(f)]++;
    }
    double[] found = LargestOf.probabilities(mean, variance);
    for (int i = 0; i < 3; i++) {
      double share = count[i] / draws;
      assertThat(found[i]).isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / draws)));
    }
  }

  private static double gaussian(SplittableRandom random) {
    return NORMAL.inverseCumulativeProbability(random.nextDouble());
  }

  /**
   * A larger mean of its own makes a class more probable, and of equal variances the order is kept.
   */
  @Test
  void monotone() {
    double before = 0;
    for (double own = -3; own < 3; own += 0.25) {
      double[] found = LargestOf.probabilities(new double[] {own, 0.2, -0.1, 0}, ones(4));
      assertThat(found[0]).isGreaterThan(before);
      assertThat(found[1]).isGreaterThan(found[3]);
      assertThat(found[3]).isGreaterThan(found[2]);
      assertThat(DoubleStream.of(found).sum()).isCloseTo(1, within(1e-14));
      before = found[0];
    }
  }

  /** Outside the expansion a variance may be negative: nothing is known then. */
  @Test
  void aVarianceThatIsNotPositive() {
    assertThat(LargestOf.probabilities(new double[] {0, 1}, new double[] {1, -0.1}))
        .containsOnly(Double.NaN);
  }

  private static double[] ones(int count) {
    return DoubleStream.generate(() -> 1).limit(count).toArray();
  }
}
