package finitewidth.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The reference numbers under src/test/resources/golden. */
public final class Golden {
  private Golden() {}

  /** The cases of a file such as {@code flow.json}. */
  public static List<JsonNode> cases(String file) {
    return list("/golden/" + file, "cases");
  }

  /** One list of a resource. */
  public static List<JsonNode> list(String resource, String name) {
    try (InputStream in = Golden.class.getResourceAsStream(resource)) {
      List<JsonNode> cases = new ArrayList<>();
      new ObjectMapper().readTree(in).get(name).forEach(cases::add);
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Architecture architecture(JsonNode golden) {
    return Architecture.uniform(
        Activations.byName(golden.get("activation").asText()).orElseThrow(),
        golden.get("hidden_widths").size(),
        golden.get("bias_variance").asDouble(),
        golden.get("weight_variance").asDouble());
  }

  public static Widths widths(JsonNode golden) {
    return Widths.of(vector(golden.get("hidden_widths")));
  }

  public static String name(JsonNode golden) {
    return golden.get("activation").asText() + " " + golden.get("hidden_widths");
  }

  public static double[] vector(JsonNode array) {
    double[] vector = new double[array.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = array.get(i).asDouble();
    }
    return vector;
  }

  public static Matrix matrix(JsonNode rows) {
    double[][] matrix = new double[rows.size()][];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = vector(rows.get(i));
    }
    return Matrix.copyOf(matrix);
  }

  /** All numbers of nested arrays, in order. */
  public static double[] flat(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    flatten(array, numbers);
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void flatten(JsonNode node, List<Double> into) {
    if (node.isArray()) {
      node.forEach(child -> flatten(child, into));
    } else {
      into.add(node.asDouble());
    }
  }
}
