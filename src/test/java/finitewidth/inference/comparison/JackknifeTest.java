package finitewidth.inference.comparison;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JackknifeTest {
  private static double[][] groups(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] groups = new double[count][1];
    for (double[] group : groups) {
      group[0] = 0.3 + random.nextGaussian();
    }
    return groups;
  }

  /** Of a mean the error is s/√G and there is no bias. */
  @Test
  void ofMeans() {
    double[][] groups = groups(1, 40);
    double mean = 0;
    double square = 0;
    for (double[] group : groups) {
      mean += group[0] / 40;
    }
    for (double[] group : groups) {
      square += Math.pow(group[0] - mean, 2) / 39;
    }
    Jackknife jackknife = Jackknife.of(groups, x -> x);
    assertClose("value", jackknife.value()[0], mean, 1e-13);
    assertClose("unbiased", jackknife.unbiased()[0], mean, 1e-12);
    assertClose("error", jackknife.error()[0], Math.sqrt(square / 40), 1e-12);
  }

  /** The square of a mean is too large by the mean's variance; the jackknife takes that off. */
  @Test
  void ofSquares() {
    double biased = 0;
    double unbiased = 0;
    int trials = 4000;
    for (int trial = 0; trial < trials; trial++) {
      Jackknife jackknife = Jackknife.of(groups(100 + trial, 10), x -> new double[] {x[0] * x[0]});
      biased += jackknife.value()[0] / trials;
      unbiased += jackknife.unbiased()[0] / trials;
    }
    assertThat(biased - 0.09).isBetween(0.08, 0.12);
    assertThat(unbiased - 0.09).isBetween(-0.015, 0.015);
  }
}
