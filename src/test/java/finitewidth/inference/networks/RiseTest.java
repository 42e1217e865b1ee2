package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inference.work.RandomStream;
import org.junit.jupiter.api.Test;

/** Whether L still rises. */
class RiseTest {
  @Test
  void isBetweenTheHalvesOfEachChain() {
    // The middle of five steps is in the second half.
    Rise rise = Rise.of(new double[][] {{0, 0, 3, 3, 3}, {1, 1, 2, 2, 2}, {5, 5, 7, 7, 7}});
    assertThat(rise.mean()).isCloseTo(2, within(1e-15));
    assertThat(rise.error()).isCloseTo(Math.sqrt(1.0 / 3), within(1e-15));
    assertThat(rise.isSeen()).isTrue();
  }

  @Test
  void whatFallsOrStaysDoesNotRise() {
    assertThat(Rise.of(new double[][] {{3, 3, 1, 1}, {3, 3, 1, 1}}).isSeen()).isFalse();
    assertThat(Rise.of(new double[][] {{3, 3, 3, 3}, {1, 1, 1, 1}}).isSeen()).isFalse();
  }

  /**
   * Of four chains that go nowhere beyond one error with t of three degrees of freedom: 19.6 % of
   * 4000, within 4.5 standard deviations; false in one of 10⁵ seeds.
   */
  @Test
  void waveringIsSeldomSeen() {
    RandomStream random = new RandomStream(1, 2, 3, 4, 5);
    int seen = 0;
    int trials = 4000;
    for (int trial = 0; trial < trials; trial++) {
      double[][] chains = new double[4][10];
      for (double[] chain : chains) {
        random.fill(chain);
      }
      seen += Rise.of(chains).isSeen() ? 1 : 0;
    }
    double share = 0.1955;
    assertThat((double) seen / trials)
        .isCloseTo(share, within(4.5 * Math.sqrt(share * (1 - share) / trials)));
  }
}
