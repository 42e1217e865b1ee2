package finitewidth.prior.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FactorTableTest {
  static Stream<LogFactor> factors() {
    return Stream.of(
        LogGamma.of(1),
        LogGamma.of(128),
        LogGamma.of(20_000),
        ThinnedLogGamma.of(1),
        ThinnedLogGamma.of(3),
        ThinnedLogGamma.of(128),
        ThinnedLogGamma.of(3000));
  }

  /** Also at both ends of the range, and where the density is far below what counts. */
  @ParameterizedTest
  @MethodSource("factors")
  void everyDensityOfTheRange(LogFactor factor) {
    double low = factor.lowest();
    double high = factor.highest();
    FactorTable table = new FactorTable(factor, low, high);
    for (int k = 0; k <= 1000; k++) {
      double t = low + (high - low) * k / 1000;
      double density = factor.density(t);
      assertThat(table.density(t)).as("t = %s", t).isCloseTo(density, within(3e-12 * density));
    }
  }
}
