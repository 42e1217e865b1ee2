package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Infinite width alone as the method of a job. */
class NngpMethodTest {
  private static final List<String> CORRECTIONS =
      List.of(
          "delta_mean",
          "delta_variance",
          "standard_error",
          "variance_standard_error",
          "within_expansion");

  @TempDir private static Path directory;
  private static LocalSpark spark;
  private static Path config;
  private static Path predict;

  @BeforeAll
  static void fit() throws IOException {
    spark = LocalSpark.set();
    csv("train.csv", 30, 1);
    csv("test.csv", 9, 2);
    config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data { train = "%1$s/train.csv", test = "%1$s/test.csv", id = name, target = target }
            network { activation = relu, hidden-widths = [40, 50], bias-variance = 0.1, weight-variance = 2.0 }
            noise-variance = 0.3
            widths = [20, 80]
            output { format = json, overwrite = true }
            """
                .formatted(directory));
    predict =
        Files.writeString(
            directory.resolve("predict.conf"),
            """
            data { test = "%s/test.csv", id = name }
            output { format = json, overwrite = true }
            """
                .formatted(directory));
    run("fit", config, "nngp", "posterior.method=nngp").succeeds();
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  private static void csv(String name, int rows, long seed) throws IOException {
    Matrix x = Problems.gaussian(rows, 3, seed);
    StringBuilder text = new StringBuilder("name,a,b,c,target\n");
    for (int i = 0; i < rows; i++) {
      double target = 20 + 4 * Math.sin(x.get(i, 0)) + x.get(i, 1);
      text.append("r%d,%s,%s,%s,%s\n".formatted(i, x.get(i, 0), x.get(i, 1), x.get(i, 2), target));
    }
    Files.writeString(directory.resolve(name), text.toString());
  }

  private static MainRun run(String verb, Path config, String out, String... overrides) {
    String[] all = new String[overrides.length + 1];
    System.arraycopy(overrides, 0, all, 0, overrides.length);
    all[overrides.length] = "output.path=" + directory.resolve(out);
    return MainRun.of(verb, config, all);
  }

  private static Map<String, JsonNode> predictions(String out) throws IOException {
    Map<String, JsonNode> rows = new TreeMap<>();
    for (JsonNode row : Results.rows(directory.resolve(out).resolve("predictions"))) {
      rows.put(row.get("id").asText(), row);
    }
    return rows;
  }

  /** The same bits: from either model, and from the fit itself. */
  @ParameterizedTest
  @ValueSource(strings = {"inducing-points=none", "inducing-points=12"})
  void orderZeroOfFirstOrder(String points) throws IOException {
    run("fit", config, "alone", points, "posterior.method=nngp").succeeds();
    run("fit", config, "first", points, "contraction.test-rows=2").succeeds();
    run("predict", predict, "again", "model.path=" + directory.resolve("alone/model")).succeeds();
    run(
            "predict",
            predict,
            "zero",
            "predict.order=0",
            "model.path=" + directory.resolve("first/model"))
        .succeeds();
    Map<String, JsonNode> expected = predictions("zero");
    assertThat(expected).hasSize(9);
    for (String out : List.of("alone", "again")) {
      predictions(out)
          .forEach(
              (id, row) -> {
                for (String column : List.of("nngp_mean", "nngp_variance", "mean", "variance")) {
                  assertThat(row.get(column)).isEqualTo(expected.get(id).get(column));
                }
                for (String column : CORRECTIONS) {
                  assertThat(row.get(column).isNull()).as(column).isTrue();
                }
              });
    }
    JsonNode first = Results.summary(directory.resolve("first"));
    JsonNode found = Results.summary(directory.resolve("alone"));
    for (String bits : List.of("log_evidence", "data_fit")) {
      assertThat(found.get("nngp").get(bits)).isEqualTo(first.get("nngp").get(bits));
    }
    JsonNode scored = Results.summary(directory.resolve("again"));
    assertThat(scored.get("nngp"))
        .isEqualTo(Results.summary(directory.resolve("zero")).get("nngp"));
    assertThat(scored.get("corrected").isNull()).isTrue();
    assertThat(scored.get("order").asInt()).isZero();
    assertThat(scored.get("model").get("engine").asText()).isEqualTo("nngp");
    assertThat(scored.get("model").get("hidden_widths")).isEmpty();
  }

  @Test
  void resultsShowNoCorrection() throws IOException {
    JsonNode summary = Results.summary(directory.resolve("nngp"));
    assertThat(summary.get("method").asText()).isEqualTo("nngp");
    assertThat(summary.get("delta_log_evidence").isNull()).isTrue();
    assertThat(summary.get("widths")).isEmpty();
    assertThat(summary.get("data").get("corrected_rows").asInt()).isZero();
    for (String score : List.of("rmse", "nlpd", "log_evidence")) {
      assertThat(summary.get("corrected").get(score)).isEqualTo(summary.get("nngp").get(score));
    }
    assertThat(summary.get("nngp_on_corrected_rows").isNull()).isTrue();
    JsonNode contraction = summary.get("contraction");
    assertThat(contraction.get("engine").asText()).isEqualTo("nngp");
    assertThat(contraction.get("moments").isNull()).isTrue();
    assertThat(contraction.get("draws").isNull()).isTrue();
    String page = Files.readString(directory.resolve("nngp/report.html"));
    assertThat(page)
        .contains("of infinite width (NNGP), a Gaussian process", "∞ in 2 layers", "id=\"pit\"")
        .doesNotContain("orrected mean", "id=\"correction\"", "id=\"widths\"", "[40, 50]")
        .doesNotContain("first order", "xpansion");
  }

  @Test
  void quantilesAreThoseOfTheGaussian() throws IOException {
    run("fit", config, "tails", "posterior.method=nngp", "predict.quantiles=[0.975]").succeeds();
    Map<String, JsonNode> rows = predictions("tails");
    assertThat(rows).hasSize(9);
    for (JsonNode row : rows.values()) {
      double deviation = Math.sqrt(row.get("variance").asDouble());
      double quantile = (row.get("quantile_0.975").asDouble() - row.get("mean").asDouble());
      assertThat(quantile / deviation).isCloseTo(1.959963984540054, within(1e-9));
      assertThat(row.get("third_cumulant").isNull()).isTrue();
    }
  }

  @Test
  void onlyOneLineTellsScores() {
    MainRun run = run("fit", config, "lines", "posterior.method=nngp").succeeds();
    assertThat(run.out().lines().filter(line -> line.startsWith("widths")))
        .hasSize(1)
        .allMatch(line -> line.startsWith("widths ∞ (NNGP)"));
    assertThat(run.err()).doesNotContain("warning");
  }

  /** Draws of networks that are narrow can be told from infinite width, and it is all there is. */
  @ParameterizedTest
  @ValueSource(strings = {"draws", "chains"})
  void validateJudgesIt(String way) throws IOException {
    MainRun run =
        run(
                "validate",
                config,
                "validated-" + way,
                "posterior.method=nngp",
                "network.hidden-widths=[40]",
                "validate.method=" + way,
                "validate.train-rows=12",
                "validate.test-rows=6",
                "validate.widths=[16]",
                "validate.draws=20000",
                "networks.max-iterations=300",
                "networks.max-annealing=300")
            .succeeds();
    JsonNode validation =
        Results.json(directory.resolve("validated-" + way).resolve("validate.json"));
    assertThat(validation.get("corrected").get("method").asText()).isEqualTo("nngp");
    assertThat(validation.get("truth").asText()).isEqualTo(way);
    JsonNode width = validation.get("widths").get(0);
    assertThat(width.get("verdict").asText()).isEqualTo("apart");
    JsonNode mean = width.get("remainder").get("mean");
    assertThat(mean.get("nngp")).isEqualTo(mean.get("corrected"));
    assertThat(mean.get("nngp").get("resolved").asBoolean()).isTrue();
    assertThat(run.out())
        .contains("at width 16 it is told from the exact posterior in mean")
        .contains("is it shown that infinite width can be trusted")
        .doesNotContain("(NNGP ");
    assertThat(Files.readString(directory.resolve("validated-" + way).resolve("report.html")))
        .contains("id=\"verdict\"", "Distance in mean")
        .doesNotContainPattern(">Corrected<|[Cc]orrected (posterior|mean|variance)|removes|slopes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network.hidden-widths=auto | is infinitely wide, so there is no width to choose",
        "output.hidden-kernels=true | change no kernel of a hidden layer at infinite width",
      })
  void whatCannotBeIsOneSentence(String override, String sentence) {
    MainRun run = run("fit", config, "refused", "posterior.method=nngp", override);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(directory.resolve("refused")).doesNotExist();
  }

  @Test
  void widthsMeanNothingToTheModel() {
    MainRun run =
        run(
            "predict",
            predict,
            "narrow",
            "model.path=" + directory.resolve("nngp/model"),
            "predict.hidden-widths=[8,8]");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("is that of an infinitely wide network (posterior.method = nngp)");
  }
}
