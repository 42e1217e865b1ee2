package finitewidth.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FastAtanTest {
  @Test
  void withinFourUlp() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      double y = random.nextGaussian() * Math.pow(10, 40 * random.nextDouble() - 20);
      double x = Math.abs(random.nextGaussian());
      // Not quite Math.atan(y / x), whose argument is rounded first.
      double expected = Math.atan2(y, x);
      assertThat(FastAtan.ratio(y, x)).isCloseTo(expected, within(4 * Math.ulp(expected)));
      double angle = Math.PI * (random.nextDouble() - 0.5);
      assertThat(FastAtan.arcsine(Math.sin(angle), Math.cos(angle)))
          .isCloseTo(angle, within(4 * Math.ulp(angle)));
    }
  }

  @Test
  void ends() {
    assertThat(FastAtan.ratio(0, 1)).isZero();
    assertThat(FastAtan.ratio(1, 0)).isCloseTo(Math.PI / 2, within(1e-15));
    assertThat(FastAtan.ratio(-1, 0)).isCloseTo(-Math.PI / 2, within(1e-15));
    assertThat(FastAtan.arcsine(1, 0)).isCloseTo(Math.PI / 2, within(1e-15));
    assertThat(FastAtan.arcsine(-1, 0)).isCloseTo(-Math.PI / 2, within(1e-15));
  }
}
