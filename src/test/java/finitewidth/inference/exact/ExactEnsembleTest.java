package finitewidth.inference.exact;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.ExactFinitePosterior;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.Widths;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What first order leaves of the exact finite-width posterior shrinks as 1/n². */
@Tag("slow")
class ExactEnsembleTest {
  private static final double NOISE = 0.3;

  /** Problems whose second order is not small by accident. */
  static Stream<Arguments> problems() {
    return Stream.of(
        Arguments.of("relu", 600_000, 33, Problems.gaussian(3, 1, 133)),
        Arguments.of("erf", 300_000, 31, Matrix.copyOf(new double[][] {{1.1}, {-0.4}, {0.6}})));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void remainderIsOfSecondOrder(String activation, int draws, long seed, Matrix targets) {
    Architecture network =
        Architecture.uniform(Activations.byName(activation).orElseThrow(), 1, 0.1, 1.6);
    Matrix inputs = Problems.gaussian(4, 3, seed);
    Matrix training = Matrix.wrap(3, 3, Arrays.copyOf(inputs.data(), 9));
    SampleFlow flow = SampleFlow.of(network, inputs);
    ExactPosterior posterior = Fit.of(network, training, targets, NOISE);
    Prediction prediction = posterior.predictor().predict(inputs.row(3));

    int[] widths = {16, 32};
    double[][] remainder = new double[3][widths.length];
    for (int w = 0; w < widths.length; w++) {
      Widths width = Widths.of(widths[w]);
      ExactFinitePosterior exact =
          ExactFinitePosterior.sample(
              network,
              widths[w],
              flow.kernel(0),
              flow.kernel(1),
              targets.column(0),
              NOISE,
              draws,
              41 + w);
      remainder[0][w] =
          exact.mean() - prediction.nngpMean()[0] - prediction.at(width).deltaMean()[0];
      remainder[1][w] =
          exact.variance() - prediction.nngpVariance() - prediction.at(width).deltaVariance()[0];
      remainder[2][w] =
          exact.logEvidence()
              - posterior.logEvidence().nngp()
              - posterior.logEvidence().delta(width);
    }
    String[] names = {"mean", "variance", "log evidence"};
    for (int k = 0; k < 3; k++) {
      double slope = Math.log(Math.abs(remainder[k][1] / remainder[k][0])) / Math.log(2);
      assertThat(slope).as(activation + " " + names[k]).isBetween(-2.4, -1.6);
    }
  }
}
