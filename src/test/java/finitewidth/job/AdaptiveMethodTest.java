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

/** A kernel that adapts as the method of a job: results, model, what is refused. */
class AdaptiveMethodTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> SPARK =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "2");

  @TempDir private static Path directory;
  private static Path config;
  private static JsonNode summary;

  @BeforeAll
  static void fit() throws IOException {
    SPARK.forEach(System::setProperty);
    config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data { train = "%s", test = "%s", id = name, target = target }
            network { activation = relu, hidden-widths = [6], bias-variance = 0.1, weight-variance = 2.0 }
            noise-variance = 0.1
            posterior.method = adaptive
            widths = [4.5, 72]
            predict.quantiles = [0.1, 0.9]
            output { path = "%s", format = json }
            """
                .formatted(
                    csv("train.csv", 14, 1), csv("test.csv", 6, 2), directory.resolve("out")));
    MainRun.of("fit", config).succeeds();
    summary = JSON.readTree(directory.resolve("out/summary.json").toFile());
  }

  @AfterAll
  static void stop() {
    SPARK.keySet().forEach(System::clearProperty);
  }

  private static Path csv(String name, int rows, long seed) throws IOException {
    Matrix x = Problems.gaussian(rows, 3, seed);
    StringBuilder text = new StringBuilder("name,a,b,c,target\n");
    for (int i = 0; i < rows; i++) {
      double target = 20 + 4 * Math.abs(x.get(i, 1)) + 0.1 * x.get(i, 0);
      text.append("r%d,%s,%s,%s,%s\n".formatted(i, x.get(i, 0), x.get(i, 1), x.get(i, 2), target));
    }
    return Files.writeString(directory.resolve(name), text.toString());
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

  @Test
  void theSummaryAndThePageHaveWhatTheKernelHasLearnt() throws IOException {
    assertThat(summary.get("method").asText()).isEqualTo("adaptive");
    assertThat(summary.get("contraction").get("engine").asText()).isEqualTo("adaptive");
    assertThat(summary.get("rho").asDouble()).isPositive();
    assertThat(summary.get("scales")).hasSize(3);
    JsonNode own = summary.get("metrics").get(0);
    assertThat(own.get("widths").get(0).asDouble()).isEqualTo(6);
    assertThat(own.get("settled").asBoolean()).isTrue();
    double relevant = 0;
    for (JsonNode feature : own.get("features")) {
      if (feature.get("feature").asText().equals("b")) {
        relevant = feature.get("relevance").asDouble();
      }
    }
    for (JsonNode feature : own.get("features")) {
      assertThat(feature.get("relevance").asDouble()).isLessThanOrEqualTo(relevant);
    }
    String page = Files.readString(directory.resolve("out/report.html"));
    assertThat(page)
        .contains("by a kernel that adapts to the data")
        .contains("What the kernel has learnt")
        .contains("Relevance of features");
  }

  @Test
  void theModelPredictsTheSame() throws IOException {
    Path predict =
        Files.writeString(
            directory.resolve("predict.conf"),
            """
            model.path = "%s"
            data { test = "%s", id = name }
            predict.quantiles = [0.1, 0.9]
            output { path = "%s", format = json }
            """
                .formatted(
                    directory.resolve("out/model"),
                    directory.resolve("test.csv"),
                    directory.resolve("predicted")));
    MainRun.of("predict", predict).succeeds();
    Map<String, JsonNode> before = predictions("out");
    Map<String, JsonNode> after = predictions("predicted");
    assertThat(after.keySet()).isEqualTo(before.keySet()).hasSize(6);
    after.forEach(
        (id, row) -> {
          for (String column : new String[] {"mean", "variance", "quantile_0.1", "kernel_holds"}) {
            assertThat(row.get(column)).as(id + " " + column).isEqualTo(before.get(id).get(column));
          }
          assertThat(row.get("quantile_0.1").asDouble()).isLessThan(row.get("mean").asDouble());
          assertThat(row.get("quantile_0.9").asDouble()).isGreaterThan(row.get("mean").asDouble());
        });
  }

  @Test
  void whatItCannotDoIsRefusedWithTheReason() {
    Map<String, String> refused =
        Map.of(
            "inducing-points=5", "needs the training rows themselves",
            "contraction.quantities=mean", "has variances always",
            "output.hidden-kernels=true", "has no kernels of hidden layers",
            "network.activation=linear", "would count twice");
    refused.forEach(
        (setting, why) -> {
          MainRun run = MainRun.of("fit", config, setting);
          assertThat(run.exitCode()).as(setting).isEqualTo(2);
          assertThat(run.err()).contains(why);
        });
  }
}
