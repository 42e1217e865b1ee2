package finitewidth.gaussian.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
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

  @Test
  void vectorsHaveTheSameBits() {
    // The tests run with the incubating module.
    assertThat(Lanes.available()).isTrue();
    Random random = new Random(2);
    double[] y = new double[8192];
    double[] x = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = random.nextGaussian() * Math.pow(10, 40 * random.nextDouble() - 20);
      x[i] = i % 17 == 0 ? 0 : Math.abs(random.nextGaussian());
    }
    for (VectorSpecies<Double> species :
        List.of(
            DoubleVector.SPECIES_64,
            DoubleVector.SPECIES_128,
            DoubleVector.SPECIES_256,
            DoubleVector.SPECIES_512)) {
      for (int i = 0; i < y.length; i += species.length()) {
        DoubleVector ys = DoubleVector.fromArray(species, y, i);
        DoubleVector xs = DoubleVector.fromArray(species, x, i);
        double[] ratio = VectorAtan.ratio(ys, xs).toArray();
        for (int k = 0; k < species.length(); k++) {
          assertThat(ratio[k]).isEqualTo(FastAtan.ratio(y[i + k], x[i + k]));
        }
      }
    }
  }
}
