package finitewidth.gaussian.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;

class FastTanhTest {
  private static final MathContext DIGITS = new MathContext(40);

  /** tanh z to some 38 digits, by the series of e^{2z/1024}. */
  private static BigDecimal tanh(double z) {
    BigDecimal x = new BigDecimal(z).divide(new BigDecimal(512), DIGITS);
    BigDecimal e = BigDecimal.ONE;
    BigDecimal term = e;
    for (int n = 1; n < 40; n++) {
      term = term.multiply(x, DIGITS).divide(new BigDecimal(n), DIGITS);
      e = e.add(term, DIGITS);
    }
    for (int i = 0; i < 10; i++) {
      e = e.multiply(e, DIGITS);
    }
    return e.subtract(BigDecimal.ONE).divide(e.add(BigDecimal.ONE), DIGITS);
  }

  @Test
  void withinThreeUlp() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      double size =
          i % 2 == 0 ? 1.5 * random.nextDouble() : Math.pow(10, 4 * random.nextDouble() - 2.5);
      double z = random.nextBoolean() ? size : -size;
      BigDecimal expected = tanh(z);
      double error = new BigDecimal(FastTanh.of(z)).subtract(expected).doubleValue();
      assertThat(error).as("at %s", z).isCloseTo(0, within(3 * Math.ulp(expected.doubleValue())));
    }
  }

  @Test
  void ends() {
    assertThat(FastTanh.of(1e300)).isEqualTo(1);
    assertThat(FastTanh.of(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(FastTanh.of(19.1)).isEqualTo(1);
    assertThat(FastTanh.of(Double.NaN)).isNaN();
    assertThat(FastTanh.of(0)).isZero();
    assertThat(FastTanh.of(Double.MIN_NORMAL)).isEqualTo(Double.MIN_NORMAL);
  }

  @Test
  void vectorsHaveTheSameBits() {
    // The tests run with the incubating module.
    assertThat(Lanes.available()).isTrue();
    Random random = new Random(2);
    double[] z = new double[8192];
    for (int i = 0; i < z.length; i++) {
      z[i] = random.nextGaussian() * Math.pow(10, 6 * random.nextDouble() - 3);
    }
    z[5] = Double.NaN;
    z[6] = Double.POSITIVE_INFINITY;
    z[7] = -0.0;
    for (VectorSpecies<Double> species :
        List.of(
            DoubleVector.SPECIES_64,
            DoubleVector.SPECIES_128,
            DoubleVector.SPECIES_256,
            DoubleVector.SPECIES_512)) {
      for (int i = 0; i < z.length; i += species.length()) {
        double[] found = VectorTanh.of(DoubleVector.fromArray(species, z, i)).toArray();
        for (int k = 0; k < species.length(); k++) {
          assertThat(Double.doubleToLongBits(found[k]))
              .isEqualTo(Double.doubleToLongBits(FastTanh.of(z[i + k])));
        }
      }
    }
  }

  /** Of any count, onto itself too; beyond the count nothing is touched. */
  @Test
  void manyAtOnce() {
    double[] z = new Random(3).doubles(37, -3, 3).toArray();
    double[] out = new double[37];
    FastTanh.of(z, out, 30);
    for (int i = 0; i < 37; i++) {
      assertThat(out[i]).isEqualTo(i < 30 ? FastTanh.of(z[i]) : 0);
    }
    double[] same = z.clone();
    FastTanh.of(same, same, 30);
    for (int i = 0; i < 37; i++) {
      assertThat(same[i]).isEqualTo(i < 30 ? out[i] : z[i]);
    }
  }
}
