package finitewidth.inference.scale;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import java.util.Arrays;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scale's posterior against closed forms. */
class ScalePosteriorTest {
  /** Without noise and bias Q given Y is generalised inverse Gaussian: ratios of Bessel's K. */
  @Test
  void withoutNoiseItIsThatOfBesselFunctions() {
    for (JsonNode golden : Golden.list("/golden/renormalised.json", "gig")) {
      int p = golden.get("P").asInt();
      double[] ones = new double[p];
      Arrays.fill(ones, 1);
      double[] y = new double[p];
      y[0] = Math.sqrt(golden.get("q").asDouble());
      Whitened at = new Whitened(Matrix.zeros(p, p), ones, y, new double[p], 0);
      ScalePosterior found =
          ScalePosterior.of(new double[] {golden.get("n").asDouble()}, at::logLikelihood, p);
      double mean = 0;
      for (int k = 0; k < found.scales().length; k++) {
        mean += found.weights()[k] * found.scales()[k];
      }
      assertClose("E[Q]", mean, golden.get("EQ").asDouble(), 1e-12);
      assertClose("δ log p", found.logEvidence(), golden.get("dlogp").asDouble(), 1e-12);
    }
  }

  /**
   * The moments of a product of Gamma variables, E[Qᵖ] = Π Γ(x + p)/(Γ(x) xᵖ) with x = ν/2, as a
   * likelihood Qᵖ has them for its evidence.
   */
  @ParameterizedTest
  @CsvSource({"4, 4, 1", "0.7, 3, 2", "8, 8192, 3", "12, 12, -1", "400, 600, 250", "1e6, 2e6, 1"})
  void productsOfFactorsHaveTheirMoments(double first, double second, double power) {
    double[] nu = {first, second};
    ScalePosterior found = ScalePosterior.of(nu, scale -> bounded(power, scale), 1);
    double expected = 0;
    for (double each : nu) {
      double x = 0.5 * each;
      expected += Gamma.logGamma(x + power) - Gamma.logGamma(x) - power * Math.log(x);
    }
    assertThat(found.logEvidence()).isCloseTo(expected, within(1e-9 * (1 + first * 1e-3)));
  }

  /** Qᵖ, which is no likelihood, but where Q is far beyond what the prior allows. */
  private static double bounded(double power, double scale) {
    double log = power * Math.log(scale);
    return log > 600 ? 600 : log;
  }

  /** log E[e^{Qt}]-like tails: the convolution is right hundreds of nats below its maximum. */
  @Test
  void tailsOfAProductAreThoseOfItsMeijerFunction() {
    // Two factors of ν = 2: p(Q) = 2 K_0(2√Q), and log p(u) = u + log 2 K_0(2√e^u).
    ScalePrior prior = ScalePrior.of(new double[] {2, 2}, 0.02, 400);
    int last = prior.size() - 1;
    double u = prior.at(last);
    double root = 2 * Math.exp(0.5 * u);
    // K_0(z) ~ √(π/2z) e^{−z} (1 − 1/8z + 9/128z²).
    double bessel =
        0.5 * Math.log(Math.PI / (2 * root))
            - root
            + Math.log1p(-1 / (8 * root) + 9 / (128 * root * root));
    assertThat(prior.largest() - prior.logDensity()[last]).isGreaterThan(300);
    assertThat(prior.logDensity()[last]).isCloseTo(u + Math.log(2) + bessel, within(1e-6));
  }
}
