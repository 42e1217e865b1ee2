package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deep linear networks and kernel renormalisation as methods of a job. */
class ScalesMethodTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> SPARK =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "2");

  @TempDir private static Path directory;
  private static Path config;

  @BeforeAll
  static void write() throws IOException {
    SPARK.forEach(System::setProperty);
    config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data { train = "%s", test = "%s", id = name, target = target, features = [a, b, c] }
            network { activation = linear, hidden-widths = [24, 12], bias-variance = [0.1, 0, 0.2] }
            noise-variance = 0.3
            posterior.method = linear
            widths = [4.5, 72]
            predict.quantiles = [0.1, 0.9]
            output { path = "%s", format = json }
            """
                .formatted(
                    csv("train.csv", 12, 1), csv("test.csv", 6, 2), directory.resolve("out")));
  }

  @AfterAll
  static void stop() {
    SPARK.keySet().forEach(System::clearProperty);
  }

  private static Path csv(String name, int rows, long seed) throws IOException {
    Matrix x = Problems.gaussian(rows, 4, seed);
    StringBuilder text = new StringBuilder("name,a,b,c,target,other\n");
    for (int i = 0; i < rows; i++) {
      double target = 20 + 4 * x.get(i, 0) - x.get(i, 1) + 0.3 * x.get(i, 3);
      double other = 5 + x.get(i, 2);
      text.append(
          "r%d,%s,%s,%s,%s,%s\n"
              .formatted(i, x.get(i, 0), x.get(i, 1), x.get(i, 2), target, other));
    }
    return Files.writeString(directory.resolve(name), text.toString());
  }

  private static JsonNode summary(String result) throws IOException {
    return JSON.readTree(directory.resolve(result).resolve("summary.json").toFile());
  }

  private static Map<String, JsonNode> predictions(String result) throws IOException {
    Map<String, JsonNode> rows = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve(result).resolve("predictions"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode row = JSON.readTree(line);
          rows.put(row.get("id").asText(), row);
        }
      }
    }
    return rows;
  }

  private static void predicted(String from, String to, String... columns) throws IOException {
    Path predict =
        Files.writeString(
            directory.resolve(to + ".conf"),
            """
            model.path = "%s"
            data { test = "%s", id = name }
            predict.quantiles = [0.1, 0.9]
            output { path = "%s", format = json }
            """
                .formatted(
                    directory.resolve(from + "/model"),
                    directory.resolve("test.csv"),
                    directory.resolve(to)));
    MainRun.of("predict", predict).succeeds();
    Map<String, JsonNode> before = predictions(from);
    Map<String, JsonNode> after = predictions(to);
    assertThat(after.keySet()).isEqualTo(before.keySet()).hasSize(6);
    after.forEach(
        (id, row) -> {
          for (String column : columns) {
            assertThat(row.get(column)).as(id + " " + column).isEqualTo(before.get(id).get(column));
            assertThat(row.get(column).isNull()).as(column).isFalse();
          }
        });
  }

  @Test
  void deepLinearNetworksAreFittedAndPredictedFromTheirModel() throws IOException {
    MainRun.of("fit", config).succeeds();
    JsonNode summary = summary("out");
    assertThat(summary.get("method").asText()).isEqualTo("linear");
    assertThat(summary.get("contraction").get("engine").asText()).isEqualTo("linear");
    assertThat(summary.get("contraction").hasNonNull("moments")).isFalse();
    assertThat(summary.get("widths")).hasSize(2);
    String page = Files.readString(directory.resolve("out/report.html"));
    assertThat(page).contains("by its exact posterior");
    predicted("out", "predicted", "mean", "variance", "quantile_0.1", "converged");
    assertThat(predictions("out").get("r0").get("converged").asBoolean()).isTrue();
  }

  /** Two targets and two layers, by draws, and the width that evidence favours. */
  @Test
  void severalTargetsHaveErrorsAndTheWidthIsChosen() throws IOException {
    String to = "output.path=" + directory.resolve("two");
    MainRun.of(
            "fit",
            config,
            "data.target=[target, other]",
            "network.hidden-widths=auto",
            "network.bias-variance=[0.1, 0, 0.2]",
            "widths=[4, 16]",
            "ensemble.draws=4000",
            to)
        .succeeds();
    JsonNode summary = summary("two");
    assertThat(summary.get("contraction").get("effective_draws").asDouble()).isGreaterThan(300);
    assertThat(summary.get("network").get("hidden_widths").get(0).asInt()).isIn(4, 16);
    predicted("two", "predicted-two", "mean", "variance", "standard_error", "converged");
  }

  @Test
  void kernelRenormalisationIsAMethod() throws IOException {
    MainRun.of(
            "fit",
            config,
            "posterior.method=proportional",
            "network.activation=tanh",
            "network.bias-variance=0.1",
            "output.path=" + directory.resolve("proportional"))
        .succeeds();
    JsonNode summary = summary("proportional");
    assertThat(summary.get("method").asText()).isEqualTo("proportional");
    String page = Files.readString(directory.resolve("proportional/report.html"));
    assertThat(page).contains("by kernel renormalisation");
    predicted("proportional", "predicted-proportional", "mean", "variance", "quantile_0.9");
  }

  @Test
  void whatTheyCannotDoIsRefusedInASentence() {
    assertThat(MainRun.of("fit", config, "network.activation=relu").err())
        .contains("relu is not linear");
    assertThat(MainRun.of("fit", config, "network.bias-variance=0.1").err())
        .contains("no biases in hidden layers beyond the first");
    assertThat(MainRun.of("fit", config, "data.target=[target, other]", "widths=[0.5]").err())
        .contains("narrower than the 2 outputs");
    assertThat(
            MainRun.of(
                    "fit", config, "data.target=[target, other]", "posterior.method=proportional")
                .err())
        .contains("proportional is for one output");
  }
}
