package finitewidth.inference.montecarlo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sampled engine is within three standard errors of every reference posterior. */
class SampledGoldenTest {
  /** Fixed: of some 190 numbers another seed may well put one beyond three standard errors. */
  private static final long SEED = 7;

  static List<JsonNode> cases() {
    return Golden.cases("posterior.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void withinThreeStandardErrors(JsonNode golden) {
    Matrix tests = Golden.matrix(golden.get("X_test"));
    Widths widths = Golden.widths(golden);
    SamplingFit sampled =
        SamplingFit.of(
            Golden.architecture(golden),
            Golden.matrix(golden.get("X_train")),
            Golden.matrix(golden.get("Y_train")),
            golden.get("noise_variance").asDouble(),
            tests,
            SEED,
            1024,
            48);
    String name = Golden.name(golden);
    within(
        name + " log evidence",
        sampled.logEvidence().delta(widths),
        sampled.logEvidence().error(widths),
        golden.get("delta_log_evidence").asDouble());
    for (int x = 0; x < tests.rows(); x++) {
      Prediction prediction = sampled.predictions().get(x);
      for (int i = 0; i < prediction.outputs(); i++) {
        String where = " of output " + i + " at row " + x;
        within(
            name + " mean" + where,
            prediction.at(widths).deltaMean()[i],
            prediction.at(widths).meanError()[i],
            golden.get("delta_mean").get(x).get(i).asDouble());
        within(
            name + " variance" + where,
            prediction.at(widths).deltaVariance()[i],
            prediction.at(widths).varianceError()[i],
            golden.get("delta_cov").get(x).get(x).get(i).get(i).asDouble());
      }
    }
  }

  /** Rounding is allowed for where sampling leaves no error at all. */
  private static void within(String what, double found, double error, double expected) {
    assertThat(Math.abs(found - expected))
        .as("%s: %s ± %s, expected %s", what, found, error, expected)
        .isLessThan(3 * error + 1e-10);
  }
}
