package finitewidth.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.oracle.Golden;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mixtures, and the tail they are made of, against 40 digits. */
class GaussianMixtureTest {
  static List<JsonNode> tails() {
    return Golden.list("/oracle/chains.json", "normal_tail");
  }

  static List<JsonNode> mixtures() {
    return Golden.list("/oracle/chains.json", "mixtures");
  }

  @ParameterizedTest
  @MethodSource("tails")
  void tail(JsonNode golden) {
    double z = golden.get("z").asDouble();
    double expected = golden.get("above").asDouble();
    double tolerance = 1e-15 + 2e-16 * z * z;
    assertThat(NormalTail.above(z) / expected).isCloseTo(1, within(tolerance));
    if (z >= 0) {
      // Of z by its hazard, which is at least 0.79.
      assertThat(NormalTail.inverse(Math.min(0.5, expected))).isCloseTo(z, within(4e-15 * (1 + z)));
    }
  }

  @Test
  void farTails() {
    assertThat(NormalTail.above(40)).isZero();
    assertThat(NormalTail.above(-40)).isEqualTo(1);
    assertThat(NormalTail.above(1e300)).isZero();
    assertThat(NormalTail.above(Double.POSITIVE_INFINITY)).isZero();
    assertThat(NormalTail.above(Double.NaN)).isNaN();
  }

  @ParameterizedTest
  @MethodSource("mixtures")
  void moments(JsonNode golden) {
    GaussianMixture mixture = mixture(golden);
    assertRelative(mixture.mean(), golden.get("mean").asDouble(), 1e-15);
    assertRelative(mixture.variance(), golden.get("variance").asDouble(), 1e-9);
  }

  @ParameterizedTest
  @MethodSource("mixtures")
  void probabilitiesAndDensities(JsonNode golden) {
    GaussianMixture mixture = mixture(golden);
    double[] points = Golden.vector(golden.get("points"));
    double[] cdf = Golden.vector(golden.get("cdf"));
    double[] density = Golden.vector(golden.get("log_density"));
    for (int i = 0; i < points.length; i++) {
      // exp(−z²/2) has the error of z²/2, and z that of y − m; means of 1000 lose three digits.
      double tolerance = 2e-15 + 1e-12 * Math.abs(Math.log(Math.max(1e-308, cdf[i])));
      assertRelative(mixture.cdf(points[i]), cdf[i], tolerance);
      assertRelative(mixture.logDensity(points[i]), density[i], 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("mixtures")
  void quantiles(JsonNode golden) {
    GaussianMixture mixture = mixture(golden);
    double[] levels = Golden.vector(golden.get("levels"));
    double[] quantiles = Golden.vector(golden.get("quantiles"));
    double scale = Math.sqrt(golden.get("variance").asDouble());
    for (int i = 0; i < levels.length; i++) {
      double tolerance = 1e-14 * (scale + Math.abs(quantiles[i]));
      assertThat(mixture.quantile(levels[i]))
          .as("level " + levels[i])
          .isCloseTo(quantiles[i], within(tolerance));
    }
  }

  /** Components from 1e-6 to 1e3 wide: P at the quantile is the level, or jumps over it there. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void quantilesInvertProbabilities(long seed) {
    UniformRandomProvider random = RandomSource.PHILOX_4X64.create(seed);
    GaussianMixture mixture = new GaussianMixture(60);
    for (int k = 0; k < 60; k++) {
      double deviation = Math.pow(10, 9 * random.nextDouble() - 6);
      mixture.add(20 * (random.nextDouble() - 0.5), deviation * deviation);
    }
    double before = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < 400; i++) {
      double level = i / 400.0;
      double quantile = mixture.quantile(level);
      assertThat(quantile).isGreaterThanOrEqualTo(before);
      double step = 4 * Math.ulp(quantile);
      assertThat(mixture.cdf(quantile - step)).isLessThanOrEqualTo(level + 1e-13);
      assertThat(mixture.cdf(quantile + step)).isGreaterThanOrEqualTo(level - 1e-13);
      before = quantile;
    }
  }

  @Test
  void oneGaussianManyTimes() {
    GaussianMixture mixture = new GaussianMixture(7);
    for (int k = 0; k < 7; k++) {
      mixture.add(-2.5, 4);
    }
    assertThat(mixture.mean()).isEqualTo(-2.5);
    assertThat(mixture.variance()).isEqualTo(4);
    assertThat(mixture.quantile(0.5)).isEqualTo(-2.5);
    assertThat(mixture.quantile(0.975)).isCloseTo(-2.5 + 2 * 1.959963984540054, within(1e-14));
    assertThat(mixture.logDensity(-2.5)).isCloseTo(-0.5 * Math.log(8 * Math.PI), within(1e-15));
    mixture.clear();
    mixture.add(1, 1);
    assertThat(mixture.components()).isEqualTo(1);
    assertThat(mixture.quantile(0.5)).isEqualTo(1);
  }

  @Test
  void pointMasses() {
    GaussianMixture mixture = GaussianMixture.of(new double[] {0, 1, 1}, new double[] {0, 0, 0});
    assertThat(mixture.cdf(-1e-300)).isZero();
    assertThat(mixture.cdf(0)).isEqualTo(1.0 / 3);
    assertThat(mixture.cdf(1)).isEqualTo(1);
    assertThat(mixture.quantile(0.2)).isCloseTo(0, within(1e-50));
    assertThat(mixture.quantile(0.4)).isCloseTo(1, within(1e-15));
    assertThat(mixture.quantile(0.9)).isCloseTo(1, within(1e-15));
    assertThat(mixture.logDensity(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(mixture.logDensity(0.5)).isEqualTo(Double.NEGATIVE_INFINITY);
    GaussianMixture partly = GaussianMixture.of(new double[] {0, 0}, new double[] {0, 1});
    assertThat(partly.quantile(0.3)).isCloseTo(0, within(1e-50));
    assertThat(partly.quantile(0.7)).isCloseTo(0, within(1e-50));
    assertThat(partly.quantile(0.05)).isCloseTo(-1.2815515655446004, within(1e-14));
    assertThat(partly.logDensity(1)).isCloseTo(-0.5 - 0.5 * Math.log(8 * Math.PI), within(1e-14));
  }

  @Test
  void ends() {
    GaussianMixture mixture = GaussianMixture.of(new double[] {0}, new double[] {1});
    assertThat(mixture.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(mixture.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(mixture.quantile(Double.MIN_NORMAL)).isBetween(-37.6, -37.4);
    assertThat(mixture.logDensity(1e200)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> mixture.quantile(1.5))
        .hasMessage("the level of a quantile is in [0, 1], not 1.5");
    assertThatThrownBy(() -> GaussianMixture.of(new double[] {0}, new double[] {-1e-9}))
        .hasMessage("a Gaussian of mean 0.0 and variance -1.0E-9 is none");
    assertThatThrownBy(() -> GaussianMixture.of(new double[] {Double.NaN}, new double[] {1}))
        .hasMessageContaining("NaN");
  }

  private static void assertRelative(double actual, double expected, double tolerance) {
    assertThat(actual).isCloseTo(expected, within(tolerance * Math.abs(expected)));
  }

  private static GaussianMixture mixture(JsonNode golden) {
    return GaussianMixture.of(
        Golden.vector(golden.get("means")), Golden.vector(golden.get("variances")));
  }
}
