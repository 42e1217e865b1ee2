package finitewidth.gaussian.quadrature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.activations.Activations;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interpolated Hermite series against those of a quadrature at the very variance. */
class SeriesPanelsTest {
  private static final List<Double> PANEL_ENDS = List.of(0.25, 1.0, 4.0, Math.nextDown(4.0));

  private static SeriesBuilder builder(String name) {
    Activation activation = Activations.byName(name).orElseThrow();
    return new SeriesBuilder(activation::value, name);
  }

  /** To what rounding leaves: 2e-14 of the norms of σ, σ² and σ³. */
  @ParameterizedTest
  @ValueSource(strings = {"tanh", "erf", "gelu", "sin", "linear"})
  void areThoseOfAQuadrature(String name) {
    SeriesBuilder builder = builder(name);
    SplittableRandom random = new SplittableRandom(5);
    for (int t = 0; t < 40; t++) {
      double k = t < 4 ? PANEL_ENDS.get(t) : Math.exp(-6 + 8 * random.nextDouble());
      VarianceSeries found = builder.at(k);
      VarianceSeries expected = builder.direct(k);
      String where = name + " at " + k;
      for (int p = 0; p < 3; p++) {
        HermiteSeries a = found.powers()[p];
        HermiteSeries b = expected.powers()[p];
        double off = 0;
        double size = 0;
        // Which coefficients no longer count may hang on a rounding.
        for (int n = 0; n < Math.min(a.order(), b.order()); n++) {
          off += (a.a()[n] - b.a()[n]) * (a.a()[n] - b.a()[n]);
          size += b.a()[n] * b.a()[n];
        }
        assertThat(Math.sqrt(off)).as(where).isLessThan(2e-14 * Math.sqrt(size));
      }
      assertThat(found.mean())
          .as(where)
          .isCloseTo(expected.mean(), within(2e-14 * expected.mean()));
      assertThat(found.error()).as(where).isLessThan(expected.error() + 1e-13);
    }
  }

  /** What was asked before changes no bit. */
  @Test
  void doNotDependOnWhatWasAskedBefore() {
    SeriesBuilder one = builder("tanh");
    SeriesBuilder other = builder("tanh");
    other.at(0.7);
    other.at(3.9);
    assertThat(one.at(1.3).sigma().a()).containsExactly(other.at(1.3).sigma().a());
  }

  /**
   * Kinks, whose coefficients are not analytic in the variance, are no matter for interpolation.
   */
  @Test
  void kinksAreLeftToTheQuadrature() {
    SeriesBuilder builder = builder("relu");
    assertThat(builder.at(1.3)).usingRecursiveComparison().isEqualTo(builder.direct(1.3));
  }

  /** A variance that can be had, in a panel of which others cannot. */
  @Test
  void aFunctionThatGrowsTooFastForTheRestOfThePanel() {
    SeriesBuilder builder = new SeriesBuilder(z -> Math.exp(z * z / 12), "steep");
    double k = 1.05;
    assertThat(builder.at(k).mean()).isCloseTo(1 / Math.sqrt(1 - k / 3), within(1e-9));
  }
}
