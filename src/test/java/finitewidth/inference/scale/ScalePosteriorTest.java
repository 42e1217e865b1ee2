package finitewidth.inference.scale;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.linalg.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scale's posterior against closed forms. */
class ScalePosteriorTest {
  /** Without noise and bias Q given Y is generalised inverse Gaussian: ratios of Bessel's K. */
  @Test
  void withoutNoiseItIsThatOfBesselFunctions() throws IOException {
    JsonNode all;
    try (InputStream in = getClass().getResourceAsStream("/golden/renormalised.json")) {
      all = new ObjectMapper().readTree(in);
    }
    for (JsonNode golden : all.get("gig")) {
      int p = golden.get("P").asInt();
      double[] ones = new double[p];
      Arrays.fill(ones, 1);
      double[] y = new double[p];
      y[0] = Math.sqrt(golden.get("q").asDouble());
      Whitened at = new Whitened(Matrix.zeros(p, p), ones, new double[][] {y}, new double[p], 0);
      ScalePosterior found =
          ScalePosterior.of(
              new double[] {golden.get("n").asDouble()}, new ScaleLikelihood(at::logLikelihood), p);
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
    ScalePosterior found =
        ScalePosterior.of(nu, new ScaleLikelihood(scale -> bounded(power, scale)), 1);
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

  /** The contour is right hundreds of nats below its maximum. */
  @Test
  void tailsOfAProductAreThoseOfItsMeijerFunction() {
    // Two factors of ν = 2: p(Q) = 2 K_0(2√Q), and log p(t) = t + log 2 K_0(2√e^t).
    ScalePrior prior = new ScalePrior(new double[] {2, 2});
    for (double t : new double[] {9, 10.5, 12}) {
      double root = 2 * Math.exp(0.5 * t);
      // K_0(z) ~ √(π/2z) e^{−z} Σ_k (−1)ᵏ ((2k − 1)!!)²/(k! (8z)ᵏ).
      double term = 1;
      double series = 1;
      for (int k = 1; k < 12; k++) {
        term *= -(2 * k - 1.0) * (2 * k - 1) / (k * 8 * root);
        series += term;
      }
      double bessel = 0.5 * Math.log(Math.PI / (2 * root)) - root + Math.log(series);
      double found = prior.logDensity(t);
      assertThat(found).isCloseTo(t + Math.log(2) + bessel, within(1e-13 * Math.abs(found)));
    }
    // p(t) → e^t (−t − 2γ) on the other side.
    double gamma = 0.5772156649015329;
    assertThat(prior.logDensity(-200)).isCloseTo(-200 + Math.log(200 - 2 * gamma), within(1e-12));
  }
}
