package finitewidth.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {

  /** Magnitudes over 40 decades, so that any running sum would lose most terms. */
  @Test
  void isTheExactSumRoundedOnce() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      List<Double> terms = new ArrayList<>();
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < 100; i++) {
        double term = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
        terms.add(term);
        terms.add(i % 3 == 0 ? -term : term * 1e-3);
      }
      for (double term : terms) {
        exact = exact.add(new BigDecimal(term));
      }
      assertThat(sum(terms).value()).isEqualTo(exact.doubleValue());
    }
  }

  @Test
  void neitherOrderNorGroupingChangesABit() {
    Random random = new Random(2);
    List<Double> terms = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      terms.add(random.nextGaussian() * Math.exp(3 * random.nextGaussian()));
    }
    double expected = sum(terms).value();
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(terms, random);
      int cut = random.nextInt(1000);
      ExactSum left = sum(terms.subList(0, cut));
      left.add(sum(terms.subList(cut, 1000)));
      assertThat(left.value()).isEqualTo(expected);
    }
  }

  /** 1 + 2⁻⁵³ is halfway; whatever is below decides. */
  @Test
  void halfwayCases() {
    double half = 0x1p-53;
    assertThat(sum(List.of(1.0, half)).value()).isEqualTo(1);
    assertThat(sum(List.of(1.0, half, 1e-30)).value()).isEqualTo(1 + 2 * half);
    assertThat(sum(List.of(1.0, half, -1e-30)).value()).isEqualTo(1);
    assertThat(sum(List.of(1.0 + 2 * half, half)).value()).isEqualTo(1 + 4 * half);
    assertThat(sum(List.of(1.0 + 2 * half, half, -1e-30)).value()).isEqualTo(1 + 2 * half);
  }

  @Test
  void whatIsNotFiniteStays() {
    assertThat(sum(List.of(1.0, Double.NaN, 2.0)).value()).isNaN();
    assertThat(sum(List.of(1.0, Double.POSITIVE_INFINITY)).value()).isInfinite();
    assertThat(sum(List.of()).value()).isZero();
  }

  private static ExactSum sum(List<Double> terms) {
    ExactSum sum = new ExactSum();
    terms.forEach(sum::add);
    return sum;
  }
}
