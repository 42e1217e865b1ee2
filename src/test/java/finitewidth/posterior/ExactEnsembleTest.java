package finitewidth.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.flow.Architecture;
import finitewidth.flow.SampleFlow;
import finitewidth.flow.Widths;
import finitewidth.gaussian.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.ExactFinitePosterior;
import finitewidth.oracle.Problems;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What first order leaves of the exact finite-width posterior shrinks as 1/n². */
@Tag("slow")
class ExactEnsembleTest {
  private static final int DRAWS = 600_000;
  private static final double NOISE = 0.3;

  @ParameterizedTest
  @ValueSource(strings = {"relu", "erf"})
  void remainderIsOfSecondOrder(String activation) {
    Architecture network =
        Architecture.uniform(Activations.byName(activation).orElseThrow(), 1, 0.1, 1.6);
    Matrix inputs = Problems.gaussian(4, 3, 31);
    Matrix training = Matrix.wrap(3, 3, Arrays.copyOf(inputs.data(), 9));
    Matrix targets = Matrix.copyOf(new double[][] {{1.1}, {-0.4}, {0.6}});
    SampleFlow flow = SampleFlow.of(network, inputs);
    CorrectedPosterior posterior = Fit.of(network, training, targets, NOISE);
    Prediction prediction = posterior.predictor().predict(inputs.row(3));

    int[] widths = {12, 24, 48};
    double[][] remainder = new double[3][widths.length];
    double[] correction = new double[3];
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
              DRAWS,
              41 + w);
      correction[0] = prediction.deltaMean(width)[0];
      correction[1] = prediction.deltaVariance(width)[0];
      correction[2] = posterior.logEvidence().delta(width);
      remainder[0][w] = exact.mean() - prediction.nngpMean()[0] - correction[0];
      remainder[1][w] = exact.variance() - prediction.nngpVariance() - correction[1];
      remainder[2][w] = exact.logEvidence() - posterior.logEvidence().nngp() - correction[2];
    }
    String[] names = {"mean", "variance", "log evidence"};
    for (int k = 0; k < 3; k++) {
      double slope =
          Math.log(Math.abs(remainder[k][2] / remainder[k][0]))
              / Math.log((double) widths[2] / widths[0]);
      System.out.printf(
          "%s %s: remainders %.3e %.3e %.3e, slope %.2f, correction at 48: %.3e%n",
          activation,
          names[k],
          remainder[k][0],
          remainder[k][1],
          remainder[k][2],
          slope,
          correction[k]);
      assertThat(slope).as(activation + " " + names[k]).isBetween(-2.6, -1.5);
    }
  }
}
