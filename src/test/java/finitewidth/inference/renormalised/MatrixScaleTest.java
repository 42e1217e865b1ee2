package finitewidth.inference.renormalised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.inference.scale.Whitened;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.Predictive;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The matrix of scales that several outputs share. Its sampler has a fixed seed, so nothing here
 * fails by chance; limits are in standard errors that the sampler states.
 */
class MatrixScaleTest {
  /**
   * A deep linear network with two outputs, whose scale is a Wishart matrix exactly: the reference
   * integrated over its three numbers. The scatter of the sampler is what is left.
   */
  @Test
  void deepLinearNetworksOfTwoOutputsAreExact() throws IOException {
    GoldenCase golden = GoldenCase.of("lin1_m2");
    JsonNode exact = golden.json().get("exact");
    RenormalisedPosterior posterior = golden.at(golden.widths());
    double error = posterior.logEvidence().error(golden.widths());
    assertThat(error).isBetween(1e-4, 0.03);
    assertThat(posterior.logEvidence().at(golden.widths()))
        .isCloseTo(exact.get("logp").asDouble(), within(3 * error));
    assertThat(posterior.networks().get(0).rho()).isLessThan(1e-10);
    Predictive found = golden.predictive(posterior, golden.widths());
    for (int i = 0; i < 2; i++) {
      double deviation = Math.sqrt(exact.get("var").get(i).asDouble());
      assertThat(found.meanError()[i]).isBetween(1e-4 * deviation, 0.02 * deviation);
      assertThat(found.mean()[i])
          .isCloseTo(exact.get("mean").get(i).asDouble(), within(3 * found.meanError()[i]));
      assertThat(found.variance()[i])
          .isCloseTo(exact.get("var").get(i).asDouble(), within(3 * found.varianceError()[i]));
    }
  }

  /** First order is further away than the sampler scatters, so the test above can fail. */
  @Test
  void firstOrderIsFurtherAway() throws IOException {
    GoldenCase golden = GoldenCase.of("lin1_m2");
    double exact = golden.json().get("exact").get("logp").asDouble();
    assertThat(Math.abs(golden.first().logEvidence().at(golden.widths()) - exact))
        .isGreaterThan(0.09);
  }

  /** Interpolated, against sums over all coordinates. */
  @Test
  void theLikelihoodOfAMatrixIsThatOfItsAxes() {
    double[] kappa = {1 - 1e-9, 0.9, 0.4, 0.01, 0};
    double[][] y = {{1.5, -0.3, 2, 0.1, 1}, {0.2, 0.9, -1, 3, 0.5}};
    Whitened at = new Whitened(Matrix.zeros(5, 5), kappa, y, new double[5], 0);
    MatrixLikelihood likelihood = new MatrixLikelihood(at);
    double angle = 0.7;
    double[] axes = {Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle)};
    for (double[] logs : new double[][] {{0, 0}, {-1.23, 0.77}, {-15.5, 3.21}, {2.05, -0.333}}) {
      double expected = 0;
      for (int j = 0; j < 2; j++) {
        double q = Math.exp(logs[j]);
        for (int k = 0; k < 5; k++) {
          double d = 1 - kappa[k] + q * kappa[k];
          double along = axes[j] * y[0][k] + axes[2 + j] * y[1][k];
          expected -= 0.5 * (along * along * (1 / d - 1) + Math.log(d));
        }
      }
      assertThat(likelihood.of(logs, axes))
          .as(Arrays.toString(logs))
          .isCloseTo(expected, within(1e-8 * (1 + Math.abs(expected))));
    }
  }
}
