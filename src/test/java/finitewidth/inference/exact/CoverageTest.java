package finitewidth.inference.exact;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.montecarlo.SamplingFit;
import finitewidth.inference.montecarlo.StoppingRule;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over 200 seeds the error bars cover what the exact engine computes as often as they claim. */
@Tag("slow")
class CoverageTest {
  private static final int SEEDS = 200;
  private static final int DRAWS_PER_BATCH = 256;

  @ParameterizedTest
  @ValueSource(strings = {"relu", "sin"})
  void intervalsCover(String activation) {
    Architecture network = Problems.network(activation, 2);
    Matrix inputs = Problems.gaussian(7, 3, 41);
    Matrix targets = Problems.gaussian(7, 2, 42);
    Matrix tests = Problems.gaussian(1, 3, 43);
    Widths widths = Widths.of(50, 80);
    ExactPosterior exact = Fit.of(network, inputs, targets, 0.3);
    Prediction truth = exact.predictor().predict(tests.row(0));

    Map<String, List<Double>> deviations = new LinkedHashMap<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      SamplingFit sampled =
          SamplingFit.of(
              network,
              inputs,
              targets,
              0.3,
              tests,
              seed,
              DRAWS_PER_BATCH,
              StoppingRule.FIRST_BATCHES);
      Prediction found = sampled.predictions().get(0);
      for (int i = 0; i < 2; i++) {
        note(
            deviations,
            "mean " + i,
            (found.at(widths).deltaMean()[i] - truth.at(widths).deltaMean()[i])
                / found.at(widths).meanError()[i]);
        note(
            deviations,
            "variance " + i,
            (found.at(widths).deltaVariance()[i] - truth.at(widths).deltaVariance()[i])
                / found.at(widths).varianceError()[i]);
      }
      note(
          deviations,
          "log evidence",
          (sampled.logEvidence().delta(widths) - exact.logEvidence().delta(widths))
              / sampled.logEvidence().error(widths));
    }
    assertThat(deviations).hasSize(5);
    deviations.forEach(
        (what, list) -> {
          assertThat(share(list, 1)).as(activation + " " + what + " 68 %").isBetween(0.60, 0.76);
          assertThat(share(list, 1.96)).as(activation + " " + what + " 95 %").isBetween(0.91, 0.99);
        });
  }

  private static void note(Map<String, List<Double>> deviations, String what, double deviation) {
    deviations.computeIfAbsent(what, key -> new ArrayList<>()).add(deviation);
  }

  private static double share(List<Double> deviations, double within) {
    return deviations.stream().filter(d -> Math.abs(d) <= within).count() / (double) SEEDS;
  }
}
