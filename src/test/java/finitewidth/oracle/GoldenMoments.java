package finitewidth.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.linalg.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Golden Gaussian expectations: {@code golden/two_point.json}, {@code four_point.json}, and ours.
 */
public final class GoldenMoments {
  /**
   * ⟨σ1σ2⟩ at one kernel.
   *
   * @param gradient of the mean in K11, K12 and K22, K12 counting as one variable
   */
  public record Two(
      String activation,
      double k11,
      double k12,
      double k22,
      double mean,
      List<Double> gradient,
      double diagonalMean,
      double diagonalGradient) {}

  /** ⟨σ1σ2σ3σ4⟩ at one 4×4 kernel. */
  public record Four(String activation, String kind, Matrix kernel, double moment) {}

  private GoldenMoments() {}

  public static List<Two> twoPoint() {
    List<Two> cases = new ArrayList<>();
    for (JsonNode node : cases("/golden/two_point.json")) {
      JsonNode gradient = node.get("grad");
      cases.add(
          new Two(
              node.get("activation").asText(),
              node.get("K11").asDouble(),
              node.get("K12").asDouble(),
              node.get("K22").asDouble(),
              node.get("mean").asDouble(),
              List.of(
                  gradient.get(0).asDouble(),
                  gradient.get(1).asDouble(),
                  gradient.get(2).asDouble()),
              node.get("mean_diag").asDouble(),
              node.get("grad_diag").asDouble()));
    }
    return cases;
  }

  public static List<Four> fourPoint() {
    List<Four> cases = new ArrayList<>();
    for (JsonNode node : cases("/golden/four_point.json")) {
      cases.add(
          new Four(
              node.get("activation").asText(),
              node.get("kind").asText(),
              matrix(node.get("K")),
              node.get("moment").asDouble()));
    }
    return cases;
  }

  /** ReLU moments of difficult kernels by multiple-precision quadrature. */
  public static List<Four> relu() {
    List<Four> cases = new ArrayList<>();
    for (JsonNode node : cases("/oracle/relu_four_point.json")) {
      cases.add(
          new Four("relu", "mpmath", matrix(node.get("kernel")), node.get("moment").asDouble()));
    }
    return cases;
  }

  /** Moments of the error function, of large variances above all, by the same. */
  public static List<Four> erf() {
    List<Four> cases = new ArrayList<>();
    for (JsonNode node : cases("/oracle/erf_four_point.json")) {
      cases.add(
          new Four(
              "erf",
              node.get("kind").asText(),
              matrix(node.get("kernel")),
              node.get("moment").asDouble()));
    }
    return cases;
  }

  private static Matrix matrix(JsonNode rows) {
    Matrix matrix = Matrix.zeros(rows.size(), rows.size());
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.cols(); j++) {
        matrix.set(i, j, rows.get(i).get(j).asDouble());
      }
    }
    return matrix;
  }

  private static JsonNode cases(String resource) {
    try (InputStream in = GoldenMoments.class.getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(in).get("cases");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
