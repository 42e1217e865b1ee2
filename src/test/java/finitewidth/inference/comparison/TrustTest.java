package finitewidth.inference.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrustTest {
  private static Comparison comparison(double corrected, double nngp, double squareError) {
    double c = corrected * corrected;
    double n = nngp * nngp;
    return new Comparison(
        Comparison.Quantity.MEAN,
        new Distance(c, squareError),
        new Distance(n, squareError),
        new Distance(n - c, squareError),
        new Distance(n / 4 - c, squareError));
  }

  private static Trust of(Comparison... comparisons) {
    return Trust.of(List.of(comparisons));
  }

  private static final Comparison GOOD = comparison(0.1, 0.5, 1e-3);

  @Test
  void halfOfTheDistanceMustBeRemovedEverywhere() {
    assertThat(of(GOOD, GOOD)).isEqualTo(Trust.TRUSTWORTHY);
    assertThat(of(GOOD, comparison(0.3, 0.5, 1e-3))).isEqualTo(Trust.NEARER);
    assertThat(of(GOOD, comparison(0.6, 0.5, 1e-3))).isEqualTo(Trust.FARTHER);
  }

  @Test
  void noiseDecidesNothing() {
    assertThat(of(GOOD, comparison(0.1, 0.5, 1))).isEqualTo(Trust.UNDECIDED);
    assertThat(of(GOOD, comparison(0.6, 0.5, 1))).isEqualTo(Trust.UNDECIDED);
    assertThat(of(comparison(Double.NaN, 1, 1))).isEqualTo(Trust.UNDECIDED);
  }

  /** Two posteriors that are both exact, as means of linear networks. */
  @Test
  void nothingToCorrect() {
    assertThat(of(GOOD, comparison(1e-4, 1e-4, 1e-8))).isEqualTo(Trust.TRUSTWORTHY);
    assertThat(of(comparison(1e-4, 1e-4, 1e-8))).isEqualTo(Trust.UNDECIDED);
    assertThat(of(GOOD, comparison(0.2, 0.2, 1e-8))).isEqualTo(Trust.UNDECIDED);
  }

  @Test
  void fewDrawsSayNothing() {
    assertThat(Trust.silence(99)).contains(Trust.TOO_FEW_DRAWS);
    assertThat(Trust.silence(Double.NaN)).contains(Trust.TOO_FEW_DRAWS);
    assertThat(Trust.silence(100)).isEmpty();
  }
}
