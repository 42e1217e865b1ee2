package finitewidth.inference.montecarlo;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.exact.ExactPosterior;
import finitewidth.inference.exact.Fit;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every coefficient of the sampled engine against the exact one, source layer by source layer. */
class DrawnAssemblyTest {
  private static final int BATCHES = 40;

  @ParameterizedTest
  @CsvSource({
    "relu, 1, 1",
    "relu, 3, 2",
    "erf, 2, 1",
    "erf, 3, 3",
    "sin, 2, 2",
    "linear, 2, 1",
    "quadratic, 1, 1"
  })
  void agreesWithTheExactEngine(String activation, int hiddenLayers, int outputs) {
    int samples = 9;
    Architecture network = Problems.network(activation, hiddenLayers);
    Matrix inputs = Problems.gaussian(samples, 3, 11);
    Matrix targets = Problems.gaussian(samples, outputs, 5);
    Matrix tests = Problems.gaussian(3, 3, 12);
    ExactPosterior exact = Fit.of(network, inputs, targets, 0.3);
    SamplingFit sampled = SamplingFit.of(network, inputs, targets, 0.3, tests, 4, 1024, BATCHES);
    List<Prediction> predictions = sampled.predictions();
    Tally tally = new Tally();
    for (int s = 0; s < hiddenLayers; s++) {
      tally.add(
          "evidence " + s,
          sampled.logEvidence().byCoefficients().coefficients()[s],
          sampled.logEvidence().byCoefficients().errors()[s],
          exact.logEvidence().byCoefficients().coefficients()[s]);
      for (int x = 0; x < tests.rows(); x++) {
        Prediction truth = exact.predictor().predict(tests.row(x));
        Prediction found = predictions.get(x);
        for (int i = 0; i < outputs; i++) {
          tally.add(
              "mean " + s + " " + x,
              found.coefficients().meanCoefficients()[s][i],
              found.coefficients().meanErrors()[s][i],
              truth.coefficients().meanCoefficients()[s][i]);
          tally.add(
              "variance " + s + " " + x,
              found.coefficients().varianceCoefficients()[s][i],
              found.coefficients().varianceErrors()[s][i],
              truth.coefficients().varianceCoefficients()[s][i]);
        }
      }
    }
    tally.check();
  }

  /** Deviations in standard errors, and how small these are. */
  private static final class Tally {
    private double worst;
    private String where = "";
    private double errors;
    private double sizes;

    void add(String what, double found, double error, double truth) {
      double off = Math.abs(found - truth) / (error + 1e-9 * (1e-6 + Math.abs(truth)));
      if (!(off <= worst)) {
        worst = off;
        where = what + " is " + found + " ± " + error + ", exactly " + truth;
      }
      errors += error * error;
      sizes += truth * truth;
      if (Boolean.getBoolean("tally"))
        System.out.printf("%-14s %.4g ± %.3g exact %.4g  (%.1f)%n", what, found, error, truth, off);
    }

    void check() {
      assertThat(worst).as(where).isLessThan(4.5);
      assertThat(Math.sqrt(errors / sizes)).isLessThan(0.2);
    }
  }
}
