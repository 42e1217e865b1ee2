package finitewidth.inference.exact;

import static finitewidth.oracle.Closeness.assertClose;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Widths;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Corrected mean, variance and log evidence against reference numbers. */
class GoldenPosteriorTest {
  private static final double TOLERANCE = 1e-9;

  /**
   * Four points in three dimensions without a bias have a singular first kernel. There the
   * reference numbers of ReLU carry the square root of a rounding error: their four-point moments
   * came from a formula with 0/0 in it (see the rank-two moment in {@code four_point.json}, which
   * is negative). Ours are checked against the elementary form for singular kernels in the tests of
   * {@code gaussian}.
   */
  private static final double SINGULAR_TOLERANCE = 1e-6;

  static List<JsonNode> cases() {
    return Golden.cases("posterior.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void wholePosterior(JsonNode golden) {
    Matrix tests = Golden.matrix(golden.get("X_test"));
    Widths widths = Golden.widths(golden);
    ExactPosterior posterior =
        Fit.of(
            Golden.architecture(golden),
            Golden.matrix(golden.get("X_train")),
            Golden.matrix(golden.get("Y_train")),
            golden.get("noise_variance").asDouble());
    String name = Golden.name(golden);
    boolean singular =
        golden.get("activation").asText().equals("relu")
            && golden.get("bias_variance").asDouble() == 0;
    double tolerance = singular ? SINGULAR_TOLERANCE : TOLERANCE;
    int outputs = golden.get("Y_train").get(0).size();
    double[][] found = new double[4][tests.rows() * outputs];
    double[][] expected = new double[4][tests.rows() * outputs];
    for (int x = 0; x < tests.rows(); x++) {
      Prediction prediction = posterior.predictor().predict(tests.row(x));
      for (int i = 0; i < outputs; i++) {
        int at = x * outputs + i;
        found[0][at] = prediction.nngpMean()[i];
        found[1][at] = prediction.nngpVariance();
        found[2][at] = prediction.at(widths).deltaMean()[i];
        found[3][at] = prediction.at(widths).deltaVariance()[i];
        expected[0][at] = golden.get("nngp_mean").get(x).get(i).asDouble();
        expected[1][at] = golden.get("nngp_cov").get(x).get(x).asDouble();
        expected[2][at] = golden.get("delta_mean").get(x).get(i).asDouble();
        expected[3][at] = golden.get("delta_cov").get(x).get(x).get(i).get(i).asDouble();
      }
    }
    assertClose(name + " nngp mean", found[0], expected[0], TOLERANCE);
    assertClose(name + " nngp variance", found[1], expected[1], TOLERANCE);
    assertClose(name + " delta mean", found[2], expected[2], tolerance);
    assertClose(name + " delta variance", found[3], expected[3], tolerance);
    LogEvidence evidence = posterior.logEvidence();
    assertClose(
        name + " evidence", evidence.nngp(), golden.get("nngp_log_evidence").asDouble(), TOLERANCE);
    assertClose(
        name + " delta evidence",
        evidence.delta(widths),
        golden.get("delta_log_evidence").asDouble(),
        TOLERANCE);
  }
}
