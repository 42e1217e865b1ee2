package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Errors by chains' means, and halves. */
class BetweenChainsTest {
  @Test
  void fourMeans() {
    BetweenChains between = BetweenChains.of(new double[] {1, 2, 4, 5});
    assertThat(between.mean()).isEqualTo(3);
    assertThat(between.error()).isCloseTo(Math.sqrt(10.0 / 3 / 4), within(1e-15));
    assertThatThrownBy(() -> BetweenChains.of(new double[] {1}))
        .hasMessage("one chain has no scatter between chains");
  }

  /**
   * Of 400 pairs of halves of stationary chains no more than 8 are over three standard errors
   * apart. 20,000 pairs had 1.5 in 400, so nine or more are a false alarm in 30,000. Squared errors
   * are 4.5 % too large with so few draws, and their mean here scatters by 1.1 %.
   */
  @Test
  void halvesOfStationaryChains() {
    AutoregressiveChains source = new AutoregressiveChains(0.6, 11);
    int apart = 0;
    double squares = 0;
    for (int run = 0; run < 400; run++) {
      Halves halves = Halves.of(source.draw(4, 200));
      apart += halves.errorsApart() > 3 ? 1 : 0;
      squares += halves.error() * halves.error() / 400;
    }
    assertThat(apart).isLessThanOrEqualTo(8);
    assertThat(squares / (2 * source.varianceOfMean(100) / 4)).isCloseTo(1.045, within(0.045));
  }

  @Test
  void halvesOfATrend() {
    double[][] chains = new AutoregressiveChains(0.3, 12).draw(4, 200);
    for (double[] chain : chains) {
      Arrays.setAll(chain, i -> chain[i] + 0.01 * i);
    }
    Halves halves = Halves.of(chains);
    assertThat(halves.second() - halves.first()).isCloseTo(1, within(0.35));
    assertThat(halves.errorsApart()).isGreaterThan(3);
    for (double[] chain : chains) {
      Arrays.fill(chain, 0.3);
    }
    assertThat(Halves.of(chains).errorsApart()).isZero();
  }
}
