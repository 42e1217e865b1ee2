package finitewidth.inference.exact;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Deep linear, one output, one hidden layer N, no noise (THEORY section 4): with q = YᵀK⁻¹Y the
 * mean is unchanged, the covariance gains the factor 1 + (q − P)/N, and δlog p = [P(P+2) − 2(P+2)q
 * + q²]/4N.
 */
class DeepLinearPosteriorTest {
  private static final Architecture NETWORK =
      Architecture.uniform(Activations.byName("linear").orElseThrow(), 1, 0, 1.3);

  @Test
  void firstOrderClosedForm() {
    int p = 7;
    Matrix inputs = Problems.gaussian(p, 12, 1);
    ExactPosterior posterior = Fit.of(NETWORK, inputs, Problems.gaussian(p, 1, 2), 0);
    double q = posterior.nngp().dataFit();
    Widths width = Widths.of(40);
    assertClose(
        "log evidence",
        posterior.logEvidence().delta(width),
        (p * (p + 2) - 2 * (p + 2) * q + q * q) / (4 * 40),
        1e-11);
    for (int x = 0; x < 3; x++) {
      Prediction prediction = posterior.predictor().predict(Problems.gaussian(1, 12, 9 + x).data());
      assertThat(Math.abs(prediction.at(width).deltaMean()[0]))
          .isLessThan(1e-12 * Math.sqrt(prediction.nngpVariance()));
      assertClose(
          "variance",
          prediction.at(width).deltaVariance()[0],
          prediction.nngpVariance() * (q - p) / 40,
          1e-12);
    }
  }

  /** The exact scale E[s|y] and δlog p at finite N, which first order must approach as 1/N². */
  @ParameterizedTest
  @CsvSource({
    "10, 4, 5, 1.11010047713, -0.226656883552",
    "100, 4, 5, 1.01043285837, -0.0271218575705",
    "1000, 4, 5, 1.00100493026, -0.0027466175188"
  })
  void approachesTheExactPosterior(
      double n, int p, double q, double exactScale, double exactEvidence) {
    Matrix inputs = Problems.gaussian(p, 6, 4);
    Matrix targets = Problems.gaussian(p, 1, 5);
    double found = Fit.of(NETWORK, inputs, targets, 0).nngp().dataFit();
    for (int i = 0; i < p; i++) {
      targets.data()[i] *= Math.sqrt(q / found);
    }
    ExactPosterior posterior = Fit.of(NETWORK, inputs, targets, 0);
    Prediction prediction = posterior.predictor().predict(Problems.gaussian(1, 6, 8).data());
    Widths width = Widths.of(n);
    double scale = 1 + prediction.at(width).deltaVariance()[0] / prediction.nngpVariance();
    assertThat(Math.abs(exactScale - scale)).isLessThan(6 / (n * n));
    assertThat(Math.abs(exactEvidence - posterior.logEvidence().delta(width)))
        .isLessThan(10 / (n * n));
  }
}
