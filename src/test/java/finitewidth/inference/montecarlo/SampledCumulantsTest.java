package finitewidth.inference.montecarlo;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Order;
import finitewidth.inference.exact.Fit;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.Cumulants;
import finitewidth.posterior.EvidenceByCoefficients;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Third and fourth cumulants from draws, against the exact engine and closed forms. */
class SampledCumulantsTest {
  private static final double NOISE = 0.3;

  private static Matrix rows(Matrix all, int from, int to) {
    int cols = all.cols();
    return Matrix.wrap(to - from, cols, Arrays.copyOfRange(all.data(), from * cols, to * cols));
  }

  private static DrawnPosterior drawn(DrawnAssembly posterior, int batches) {
    int[] each = new int[posterior.contraction().problem().sources()];
    Arrays.fill(each, batches);
    double[] none = new double[each.length];
    return new DrawnPosterior(
        posterior, each, new EvidenceByCoefficients(posterior.nngp().logEvidence(), none, none));
  }

  @ParameterizedTest
  @CsvSource({"relu, 3, 0.03", "erf, 2, 0.01", "leaky-relu, 1, 0.02"})
  void areThoseOfTheExactEngine(String activation, int hidden, double relative) {
    int p = 6;
    Architecture network = Problems.network(activation, hidden);
    Matrix all = Problems.gaussian(p + 3, 4, 61);
    Matrix inputs = rows(all, 0, p);
    Matrix targets = Problems.gaussian(p, 2, 62);
    double[][] tests = {all.row(p), all.row(p + 1), all.row(p + 2)};
    List<Prediction> exact =
        Fit.of(network, inputs, targets, NOISE).predictor(Order.CUMULANTS).predict(tests);
    List<Cumulants> found =
        new DrawnCumulants(
                drawn(SamplingFit.posterior(network, inputs, targets, NOISE, 8, 4000), 60))
            .of(tests);
    for (int x = 0; x < tests.length; x++) {
      Cumulants expected = exact.get(x).cumulants();
      Cumulants some = found.get(x);
      for (int s = 0; s < hidden; s++) {
        String what = activation + " source " + s + " row " + x;
        double fourth = expected.fourth()[s];
        assertThat(Math.abs(some.fourth()[s] - fourth))
            .as(what)
            .isLessThan(4 * some.fourthErrors()[s])
            .isLessThan(4 * relative * fourth);
        assertThat(some.fourthErrors()[s]).as(what).isLessThan(relative * fourth);
        for (int i = 0; i < 2; i++) {
          assertThat(Math.abs(some.third()[s][i] - expected.third()[s][i]))
              .as(what)
              .isLessThan(4 * some.thirdErrors()[s][i]);
          // Beside the scale of what it is a covariance of.
          assertThat(some.thirdErrors()[s][i]).isLessThan(0.1 * rms(exact, s));
        }
      }
    }
  }

  private static double rms(List<Prediction> exact, int s) {
    double sum = 0;
    int count = 0;
    for (Prediction prediction : exact) {
      for (double third : prediction.cumulants().third()[s]) {
        sum += third * third;
        count++;
      }
    }
    return Math.sqrt(sum / count);
  }

  /** Deep linear networks without noise: κ₃ = 0 and κ₄ = 6c² Σ 1/n. */
  @Test
  void deepLinearNetworksWithoutNoise() {
    Architecture network =
        Architecture.uniform(Activations.byName("linear").orElseThrow(), 3, 0, 1.3);
    DrawnPosterior posterior =
        drawn(
            SamplingFit.posterior(
                network, Problems.gaussian(7, 12, 1), Problems.gaussian(7, 1, 2), 0, 4, 4000),
            60);
    double[][] test = {Problems.gaussian(1, 12, 9).data()};
    Prediction prediction = posterior.predictor(Order.CUMULANTS).predict(test).get(0);
    Cumulants found = prediction.cumulants();
    double c = prediction.nngpVariance();
    Widths widths = Widths.of(20, 40, 50);
    double expected = 6 * c * c * (1.0 / 20 + 1.0 / 40 + 1.0 / 50);
    assertThat(Math.abs(found.fourth(widths) - expected))
        .isLessThan(4 * found.fourthError(widths))
        .isLessThan(0.02 * expected);
    assertThat(found.fourthError(widths)).isBetween(0.0005 * expected, 0.01 * expected);
    assertThat(Math.abs(found.third(widths, 0))).isLessThan(1e-11 * c * Math.sqrt(c));
  }

  /** Also beside rows of another block, and whatever fills its own up. */
  @Test
  void aRowHasTheSameBitsInAnyBlock() {
    Matrix all = Problems.gaussian(12, 3, 71);
    DrawnPosterior posterior =
        drawn(
            SamplingFit.posterior(
                Problems.network("tanh", 2),
                rows(all, 0, 9),
                Problems.gaussian(9, 2, 72),
                NOISE,
                4,
                300),
            6);
    double[][] tests = {all.row(9), all.row(10), all.row(11)};
    List<Prediction> together = posterior.predictor(Order.CUMULANTS).predict(tests);
    BlockPredictor again = posterior.predictor(Order.CUMULANTS);
    for (int x = 0; x < 3; x++) {
      Cumulants alone = again.predict(new double[][] {tests[x]}).get(0).cumulants();
      Cumulants expected = together.get(x).cumulants();
      assertThat(alone.fourth()).isEqualTo(expected.fourth());
      assertThat(alone.third()).isDeepEqualTo(expected.third());
      assertThat(alone.thirdErrors()).isDeepEqualTo(expected.thirdErrors());
      assertThat(together.get(x).coefficients().meanCoefficients())
          .isDeepEqualTo(
              posterior
                  .predictor(Order.CORRECTED)
                  .predict(tests)
                  .get(x)
                  .coefficients()
                  .meanCoefficients());
    }
  }
}
