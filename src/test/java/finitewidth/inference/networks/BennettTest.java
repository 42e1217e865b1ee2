package finitewidth.inference.networks;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.oracle.Golden;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bennett's ratio against pymbar and 40 digits, and on Gaussian log weights with a known answer:
 * forward N(log Z − s²/2, s²) and reverse N(log Z + s²/2, s²) satisfy Crooks' relation.
 */
class BennettTest {
  private static final double TRUTH = -155.9;

  static List<JsonNode> weights() {
    return Golden.list("/oracle/chains.json", "bennett");
  }

  @ParameterizedTest
  @MethodSource("weights")
  void reference(JsonNode golden) {
    LogEvidence evidence =
        Bennett.of(Golden.vector(golden.get("forward")), Golden.vector(golden.get("reverse")), 1);
    assertClose("root", evidence.value(), golden.get("log_evidence").asDouble(), 1e-14);
    assertClose("forward", evidence.forward(), number(golden, "forward_log_evidence"), 1e-14);
    assertClose("its error", evidence.forwardError(), number(golden, "forward_error"), 1e-11);
    assertClose("reverse", evidence.reverse(), number(golden, "reverse_log_evidence"), 1e-14);
    assertClose("its error", evidence.reverseError(), number(golden, "reverse_error"), 1e-11);
  }

  /**
   * 100 runs of 16 chains. The average of errors is within four of its standard errors, a false
   * alarm in 16,000; the scatter is known to 7 %, so 30 % are one in 50,000; more than 20 of 100
   * runs beyond two standard errors, where 5 to 8 are expected, one in 10,000.
   */
  @Test
  void gaussianWeights() {
    ContinuousSampler normals = normals(3);
    double spread = 1.5;
    double[] errors = new double[100];
    double[] claims = new double[errors.length];
    int beyond = 0;
    for (int run = 0; run < errors.length; run++) {
      LogEvidence evidence =
          Bennett.of(
              weights(normals, 16, -0.5 * spread * spread, spread),
              weights(normals, 16, 0.5 * spread * spread, spread),
              run);
      errors[run] = evidence.value() - TRUTH;
      claims[run] = evidence.error();
      beyond += Math.abs(errors[run]) > 2 * evidence.error() ? 1 : 0;
      assertThat(evidence.value()).isBetween(evidence.lower(), evidence.upper());
    }
    Spread scatter = Spread.of(errors);
    assertThat(scatter.mean()).isCloseTo(0, within(4 * scatter.deviation() / 10));
    assertThat(Spread.of(claims).mean() / scatter.deviation()).isCloseTo(1, within(0.3));
    assertThat(beyond).isLessThanOrEqualTo(20);
  }

  /**
   * Two chains of which both weights are 0 or both are 1: a bootstrap has the roots 0, ½, 1 with
   * the probabilities ¼, ½, ¼, and with its factor the standard error of a mean of two, ½. 400
   * draws know it to 2.5 %, and 10 % are a false alarm in 16,000.
   */
  @Test
  void twoChains() {
    LogEvidence evidence = Bennett.of(new double[] {0, 1}, new double[] {0, 1}, 5);
    assertThat(evidence.value()).isCloseTo(0.5, within(1e-15));
    assertThat(evidence.error()).isCloseTo(0.5, within(0.05));
  }

  /** Forward weights do not scatter, of two reverse ones each is drawn with probability ½. */
  @Test
  void otherNumbersEitherWay() {
    double[] forward = {0.5, 0.5, 0.5};
    double low = Bennett.root(forward, new double[] {0, 0});
    double middle = Bennett.root(forward, new double[] {0, 2});
    double high = Bennett.root(forward, new double[] {2, 2});
    double mean = 0.25 * low + 0.5 * middle + 0.25 * high;
    double variance =
        0.25 * (low - mean) * (low - mean)
            + 0.5 * (middle - mean) * (middle - mean)
            + 0.25 * (high - mean) * (high - mean);
    LogEvidence evidence = Bennett.of(forward, new double[] {0, 2}, 5);
    assertThat(evidence.value()).isEqualTo(middle);
    assertThat(evidence.error() / Math.sqrt(2 * variance)).isCloseTo(1, within(0.1));
  }

  /** Far apart, both sums are those of exponentials, and the root is the middle of both ways. */
  @Test
  void withoutAnyOverlap() {
    double[] forward = {-1500, -1498, -1501.5};
    double[] reverse = {900, 903.5, 901};
    LogEvidence evidence = Bennett.of(forward, reverse, 1);
    double middle = 0.5 * (evidence.forward() + evidence.reverse());
    assertThat(evidence.value()).isCloseTo(middle, within(1e-9));
    assertThat(evidence.isConverged()).isFalse();
  }

  @Test
  void movesWithTheWeights() {
    double[] forward = {-3, -1, -2.5, -1.7, 0.2};
    double[] reverse = {0.4, 1.9};
    LogEvidence here = Bennett.of(forward, reverse, 8);
    LogEvidence there = Bennett.of(moved(forward, 4096), moved(reverse, 4096), 8);
    assertThat(there.value() - 4096).isCloseTo(here.value(), within(1e-11));
    assertThat(there.error()).isCloseTo(here.error(), within(1e-10));
    assertThat(Bennett.of(forward, reverse, 8)).isEqualTo(here);
    assertThat(Bennett.of(forward, reverse, 9).error()).isNotEqualTo(here.error());
  }

  /** Without any scatter all estimates are the same number, however many there are. */
  @Test
  void certainWeights() {
    LogEvidence evidence = Bennett.of(new double[] {7, 7, 7}, new double[] {7, 7}, 1);
    assertThat(evidence.value()).isCloseTo(7, within(1e-14));
    assertThat(evidence.error()).isCloseTo(0, within(1e-14));
    assertThat(evidence.forward()).isEqualTo(7);
    assertThat(evidence.reverse()).isEqualTo(7);
    assertThat(evidence.gap()).isZero();
    assertThat(evidence.isConverged()).isTrue();
  }

  @Test
  void failuresAreNamed() {
    LogEvidence good = new LogEvidence(-10, 0.3, -10.5, 0.4, -9.8, 0.3, -12, -8, 3, 4);
    assertThat(good.isConverged()).isTrue();
    assertThat(new LogEvidence(-10, 0.3, -10.5, 0.4, -9.8, 0.3, -12, -3.5, 3, 4).failures())
        .containsExactly("the bounds of the log evidence are 8.5 nats apart, above 8");
    assertThat(new LogEvidence(-10, 0.3, -10.5, 0.4, -9.8, 0.3, -12, -8, 16.25, 21).failures())
        .containsExactly(
            "the variance of the forward log weights is 16.25, not below 16",
            "the variance of the reverse log weights is 21, not below 16");
    assertThat(new LogEvidence(-10, 0.3, -11.9, 0.4, -9.8, 0.3, -12, -8, 3, 4).failures())
        .containsExactly(
            "the forward and the reverse log evidence differ by 2.1 nats, not below 2");
    double unknown = Double.NaN;
    assertThat(
            new LogEvidence(
                    unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown,
                    unknown)
                .failures())
        .hasSize(4)
        .allMatch(failure -> failure.contains("unknown"));
  }

  /** The case of too few temperatures of which forward annealing alone says nothing. */
  @Test
  void aWideGapIsSeen() {
    ContinuousSampler normals = normals(4);
    LogEvidence evidence = Bennett.of(weights(normals, 16, -18, 6), weights(normals, 16, 18, 6), 1);
    assertThat(evidence.failures()).isNotEmpty();
    assertThat(evidence.gap()).isGreaterThan(20);
    assertThat(evidence.lower()).isLessThan(TRUTH);
    assertThat(evidence.upper()).isGreaterThan(TRUTH);
  }

  @Test
  void refuses() {
    double[] two = {1, 2};
    assertThatThrownBy(() -> Bennett.of(new double[] {1}, two, 1))
        .hasMessage("1 forward log weight(s), and a standard error needs two");
    assertThatThrownBy(() -> Bennett.of(two, new double[] {1, Double.NaN}, 1))
        .hasMessage("the reverse log weight of chain 1 is NaN");
    assertThatThrownBy(() -> Bennett.of(new double[] {Double.NEGATIVE_INFINITY, 0}, two, 1))
        .hasMessage("the forward log weight of chain 0 is -Infinity");
  }

  private static double number(JsonNode golden, String name) {
    return golden.get(name).asDouble();
  }

  private static double[] moved(double[] values, double by) {
    return Arrays.stream(values).map(value -> value + by).toArray();
  }

  private static double[] weights(ContinuousSampler normals, int count, double at, double spread) {
    double[] weights = new double[count];
    Arrays.setAll(weights, i -> TRUTH + at + spread * normals.sample());
    return weights;
  }

  private static ContinuousSampler normals(long seed) {
    return ZigguratSampler.NormalizedGaussian.of(
        RandomSource.PHILOX_4X64.create(new long[] {seed, 0, 0, 0, 0, 0}));
  }
}
