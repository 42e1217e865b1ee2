package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hyperparameters = sampled} through fit and predict. */
class SampledHyperparametersJobTest {
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
            network { activation = tanh, hidden-widths = [4] }
            noise-variance = 0.01
            hyperparameters = sampled
            evidence.input-scales = per-feature
            posterior.method = networks
            networks { chains = 4, max-iterations = 300, states = 40, max-annealing = 300 }
            predict { quantiles = [0.05, 0.95], quantiles-of = target }
            widths = [3]
            output { path = "%s", format = json }
            """
                .formatted(
                    csv("train.csv", 60, 1), csv("test.csv", 12, 2), directory.resolve("out")));
    MainRun.of("fit", config).succeeds();
    summary = JSON.readTree(directory.resolve("out/summary.json").toFile());
  }

  @AfterAll
  static void stop() {
    SPARK.keySet().forEach(System::clearProperty);
  }

  /** Noise of deviation 0.5 in targets of deviation 3; c is the same everywhere, b does nothing. */
  private static Path csv(String name, int rows, long seed) throws IOException {
    Matrix x = Problems.gaussian(rows, 3, seed);
    StringBuilder text = new StringBuilder("name,b,c,a,target\n");
    for (int i = 0; i < rows; i++) {
      double target = 20 + 4 * Math.tanh(x.get(i, 0)) + 0.5 * x.get(i, 2);
      text.append("r%d,%s,5,%s,%s\n".formatted(i, x.get(i, 1), x.get(i, 0), target));
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
  void theSummaryHasThem() {
    assertThat(summary.get("hyperparameters").get("mode").asText()).isEqualTo("sampled");
    assertThat(summary.get("hyperparameters").get("evidence").isNull()).isTrue();
    assertThat(summary.get("chains")).hasSize(2);
    JsonNode all = summary.get("chains").get(0).get("hyperparameters");
    assertThat(all.findValuesAsText("name"))
        .containsExactly(
            "noise variance",
            "bias variance, hidden layer",
            "bias variance, output layer",
            "weight variance, hidden layer",
            "weight variance, output layer",
            "input scale, feature 1",
            "input scale, feature 2");
    double noise = all.get(0).get("mean").asDouble();
    assertThat(summary.get("hyperparameters").get("noise_variance").asDouble()).isEqualTo(noise);
    // 0.25/9, of 60 rows ± 20 %; given as 0.01.
    assertThat(noise).isBetween(0.014, 0.06);
    assertThat(all.get(0).get("lower").asDouble()).isBetween(0.5 * noise, noise);
    assertThat(all.get(0).get("upper").asDouble()).isBetween(noise, 2 * noise);
    assertThat(all.get(0).get("effective_draws").asDouble()).isPositive();
    assertThat(all.get(5).get("feature").asText()).isEqualTo("b");
    assertThat(all.get(6).get("feature").asText()).isEqualTo("a");
    assertThat(all.get(6).get("mean").asDouble()).isGreaterThan(1.2);
    assertThat(all.get(0).get("feature").isNull()).isTrue();
  }

  @Test
  void thePageShowsThem() throws IOException {
    String page = Files.readString(directory.resolve("out/report.html"));
    assertThat(page)
        .contains("Hyperparameters")
        .contains("weight variance, output layer")
        .contains("Relevance of features")
        .contains("(preprocessed, posterior mean)");
  }

  /** Quantiles of targets are wider than the function's by the noise of the states. */
  @Test
  void theModelPredictsTheSame() throws IOException {
    Path predict =
        Files.writeString(
            directory.resolve("predict.conf"),
            """
            model.path = "%s"
            data { test = "%s", id = name }
            predict { quantiles = [0.05, 0.95], quantiles-of = target }
            output { path = "%s", format = json }
            """
                .formatted(
                    directory.resolve("out/model"),
                    directory.resolve("test.csv"),
                    directory.resolve("predicted")));
    MainRun.of("predict", predict).succeeds();
    Map<String, JsonNode> before = predictions("out");
    Map<String, JsonNode> after = predictions("predicted");
    assertThat(after).hasSize(12);
    after.forEach(
        (id, row) -> {
          for (String column :
              List.of("mean", "variance", "quantile_0.05", "quantile_0.95", "converged")) {
            assertThat(row.get(column)).as(column).isEqualTo(before.get(id).get(column));
          }
          double width = row.get("quantile_0.95").asDouble() - row.get("quantile_0.05").asDouble();
          // The function alone would have 3.29 deviations, and targets have 0.5 as noise.
          assertThat(width / 3.29).isGreaterThan(0.35);
          assertThat(Math.pow(width / 3.29, 2)).isGreaterThan(row.get("variance").asDouble());
        });
    assertThat(
            JSON.readTree(directory.resolve("predicted/summary.json").toFile())
                .at("/corrected/nlpd")
                .asDouble())
        .isCloseTo(summary.at("/corrected/nlpd").asDouble(), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "posterior.method=first-order | set posterior.method = networks, or hyperparameters ="
            + " fixed",
        "posterior.method=ensemble | set posterior.method = networks, or hyperparameters = fixed",
        "noise-variance=0 | chains of networks need noise",
        "posterior.method=nngp | set posterior.method = networks, or hyperparameters = fixed",
        "preprocess.features=unit-sphere | features scaled one by one leave the sphere",
      })
  void whatCannotBeIsOneSentence(String override, String sentence) {
    MainRun run =
        MainRun.of("fit", config, override, "output.path=" + directory.resolve("refused"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(directory.resolve("refused")).doesNotExist();
  }

  /** It compares posteriors of one prior, and says which. */
  @Test
  void validateHasThoseThatAreGiven() throws IOException {
    List<String> least =
        List.of(
            "validate.train-rows=8",
            "validate.test-rows=3",
            "validate.widths=[4]",
            "validate.draws=64",
            "validate.method=draws",
            "posterior.method=nngp",
            "predict={}");
    MainRun run = validate("given", least, "hyperparameters=sampled");
    validate("fixed", least, "hyperparameters=fixed");
    assertThat(run.err()).contains("hyperparameters = sampled: posteriors of one prior");
    JsonNode given = JSON.readTree(directory.resolve("given/validate.json").toFile());
    assertThat(given.at("/widths/0/points"))
        .isEqualTo(
            JSON.readTree(directory.resolve("fixed/validate.json").toFile())
                .at("/widths/0/points"));
    assertThat(JSON.readTree(directory.resolve("given/summary.json").toFile()).get("warnings"))
        .anyMatch(warning -> warning.asText().startsWith("hyperparameters = sampled"));
  }

  private static MainRun validate(String name, List<String> least, String mode) {
    List<String> all = new ArrayList<>(least);
    all.add(mode);
    all.add("output.path=" + directory.resolve(name));
    return MainRun.of("validate", config, all.toArray(String[]::new)).succeeds();
  }

  /** The evidence that chooses has the hyperparameters integrated out. */
  @Test
  void depthAndWidthAreChosenByMarginalEvidence() throws IOException {
    MainRun.of(
            "fit",
            config,
            "evidence.depths=[1,2]",
            "network.hidden-widths=auto",
            "widths=[2,3]",
            "networks.max-iterations=50",
            "networks.max-annealing=50",
            "output.path=" + directory.resolve("chosen"))
        .succeeds();
    JsonNode chosen = JSON.readTree(directory.resolve("chosen/summary.json").toFile());
    JsonNode networks = chosen.get("hyperparameters").get("networks");
    assertThat(networks).hasSize(2);
    List<Double> evidence = new ArrayList<>();
    networks.forEach(one -> evidence.add(one.get("log_evidence").asDouble()));
    int best = evidence.get(0) > evidence.get(1) ? 0 : 1;
    assertThat(networks.get(best).get("chosen").asBoolean()).isTrue();
    assertThat(chosen.get("network").get("hidden_widths")).hasSize(best + 1);
    assertThat(chosen.get("network").get("hidden_widths").get(0).asInt())
        .isEqualTo(networks.get(best).get("width").asInt());
    for (JsonNode one : chosen.get("chains")) {
      assertThat(one.get("hyperparameters").get(0).get("name").asText())
          .isEqualTo("noise variance");
    }
  }
}
