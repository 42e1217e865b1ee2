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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exact posterior of a validate by draws and by chains, and what is judged by it. */
class ValidateMethodTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> SPARK =
      Map.of("spark.master", "local[2]", "spark.ui.enabled", "false");

  @TempDir private static Path directory;
  private static Path config;
  private static MainRun byDraws;
  private static MainRun byChains;

  @BeforeAll
  static void validate() throws IOException {
    SPARK.forEach(System::setProperty);
    config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data { train = "%s", test = "%s", target = target }
            network { activation = relu, hidden-widths = [24], bias-variance = 0.1, weight-variance = 2.0 }
            noise-variance = 0.3
            networks { max-iterations = 300, max-annealing = 300 }
            validate { train-rows = 12, test-rows = 6, widths = [24], draws = 20000 }
            """
                .formatted(csv("train.csv", 12, 71), csv("test.csv", 6, 72)));
    byDraws = run("draws");
    byChains = run("chains", "validate.method=chains").succeeds();
    byDraws.succeeds();
  }

  @AfterAll
  static void stop() {
    SPARK.keySet().forEach(System::clearProperty);
  }

  private static MainRun run(String name, String... overrides) {
    List<String> all = new ArrayList<>(List.of(overrides));
    all.add("output.path=" + directory.resolve(name));
    return MainRun.of("validate", config, all.toArray(String[]::new));
  }

  private static Path csv(String name, int rows, long seed) throws IOException {
    Matrix x = Problems.gaussian(rows, 3, seed);
    StringBuilder text = new StringBuilder("a,b,c,target\n");
    for (int i = 0; i < rows; i++) {
      double target = 20 + 4 * Math.sin(x.get(i, 0)) + x.get(i, 1);
      text.append("%s,%s,%s,%s\n".formatted(x.get(i, 0), x.get(i, 1), x.get(i, 2), target));
    }
    return Files.writeString(directory.resolve(name), text.toString());
  }

  private static JsonNode width(String name) throws IOException {
    return json(name).get("widths").get(0);
  }

  private static JsonNode json(String name) throws IOException {
    return JSON.readTree(directory.resolve(name).resolve("validate.json").toFile());
  }

  /** 13 numbers within 5 standard errors: by chance in 1 of 500 seeds, 15 degrees of freedom. */
  @Test
  void bothWaysAgree() throws IOException {
    assertThat(byDraws.err()).contains("exact posterior by draws: of a pilot of 2048 networks");
    JsonNode draws = width("draws");
    JsonNode chains = width("chains");
    for (int x = 0; x < 6; x++) {
      for (String quantity : List.of("exact_mean", "exact_variance")) {
        assertClose(draws.get("points").get(x), chains.get("points").get(x), quantity, true);
      }
    }
    assertClose(draws.get("log_evidence"), chains.get("log_evidence"), "exact", false);
    assertThat(chains.get("verdict").asText()).isEqualTo(draws.get("verdict").asText());
    assertThat(chains.get("remainder").get("mean").get("nngp").get("value").asDouble())
        .isCloseTo(
            draws.get("remainder").get("mean").get("nngp").get("value").asDouble(), within(0.05));
  }

  private static void assertClose(JsonNode a, JsonNode b, String name, boolean byOutput) {
    double error = 0;
    double[] values = new double[2];
    int k = 0;
    for (JsonNode one : List.of(a, b)) {
      JsonNode value = one.get(name);
      JsonNode own = one.get(name + "_standard_error");
      values[k++] = (byOutput ? value.get(0) : value).asDouble();
      error = Math.hypot(error, (byOutput ? own.get(0) : own).asDouble());
    }
    assertThat(error).isPositive();
    assertThat(values[1]).as(name).isCloseTo(values[0], within(5 * error));
  }

  @Test
  void resultsSayWhichWay() throws IOException {
    assertThat(json("draws").get("truth").asText()).isEqualTo("draws");
    assertThat(width("draws").get("convergence").isNull()).isTrue();
    assertThat(width("draws").get("largest_weight").asDouble()).isPositive();
    assertThat(json("chains").get("truth").asText()).isEqualTo("chains");
    assertThat(json("chains").get("corrected").get("method").asText()).isEqualTo("first-order");
    assertThat(width("chains").get("largest_weight").isNull()).isTrue();
    JsonNode convergence = width("chains").get("convergence");
    assertThat(convergence.get("chains").asInt()).isEqualTo(16);
    assertThat(convergence.get("iterations").asInt()).isEqualTo(300);
    assertThat(convergence.get("converged").asBoolean()).isTrue();
    assertThat(convergence.get("r_hat").asDouble()).isBetween(0.99, 1.1);
    JsonNode summary = JSON.readTree(directory.resolve("chains/summary.json").toFile());
    assertThat(summary.get("truth").asText()).isEqualTo("chains");
    assertThat(summary.get("widths").get(0).get("convergence")).isEqualTo(convergence);
    assertThat(byChains.out()).contains("of 4800  R-hat ");
    assertThat(Files.readString(directory.resolve("chains/report.html")))
        .contains("exact posterior by chains", "id=\"convergence\"")
        .doesNotContain("id=\"sample-size\"");
  }

  /** What is judged may be exact itself, and is then held against the other way. */
  @Test
  void exactMethodsAreJudgedByOneAnother() throws IOException {
    run("judged", "posterior.method=networks", "networks.chains=16").succeeds();
    isAsExact("judged", "networks", "draws");
    run("weighted", "posterior.method=ensemble", "ensemble.draws=20000").succeeds();
    isAsExact("weighted", "ensemble", "chains");
  }

  /** Neither way can be told from the other, while the NNGP can. */
  private static void isAsExact(String result, String method, String truth) throws IOException {
    JsonNode judged = width(result);
    assertThat(json(result).get("truth").asText()).isEqualTo(truth);
    assertThat(json(result).get("corrected").get("method").asText()).isEqualTo(method);
    assertThat(json(result).get("corrected").get("engine").asText()).isEqualTo(method);
    JsonNode remainder = judged.get("remainder").get("mean");
    assertThat(remainder.get("corrected").get("resolved").asBoolean()).isFalse();
    assertThat(remainder.get("nngp").get("resolved").asBoolean()).isTrue();
    assertThat(judged.get("verdict").asText()).isIn("trustworthy", "nearer", "undecided");
  }

  /** A handful of iterations: chains that have not converged get no verdict. */
  @Test
  void whatHasNotConvergedIsNotJudged() throws IOException {
    MainRun run =
        run(
            "short",
            "validate.method=chains",
            "noise-variance=0.001",
            "networks.max-iterations=50",
            "networks.chains=4",
            "networks.max-annealing=20");
    assertThat(run.succeeds().out()).contains("not converged", "and nothing is said");
    JsonNode width = width("short");
    assertThat(width.get("verdict").asText()).isEqualTo("not-converged");
    assertThat(width.get("convergence").get("converged").asBoolean()).isFalse();
    assertThat(width.get("convergence").get("failures")).isNotEmpty();
    assertThat(run.err()).contains("warning: networks of widths [24]: not converged after 50");
    MainRun strict =
        run(
            "strict",
            "validate.method=chains",
            "noise-variance=0.001",
            "networks.max-iterations=50",
            "networks.chains=4",
            "networks.max-annealing=20",
            "strict=true");
    assertThat(strict.exitCode()).isEqualTo(4);
  }

  /** Of as many rows hardly a draw counts. */
  @Test
  @Tag("slow")
  void aHundredRowsOfConcrete() throws IOException {
    MainRun run =
        MainRun.of(
                "validate",
                Path.of("conf/concrete-validate.conf"),
                "validate.train-rows=100",
                "validate.widths=[32,64,128]",
                "networks.max-iterations=300",
                "output.path=" + directory.resolve("concrete"))
            .succeeds();
    assertThat(run.err()).contains("exact posterior by chains: of a pilot of 2048 networks");
    for (JsonNode width : json("concrete").get("widths")) {
      assertThat(width.get("convergence").get("converged").asBoolean()).isTrue();
      assertThat(width.get("verdict").asText()).isNotIn("not-converged", "too-few-draws");
      JsonNode mean = width.get("remainder").get("mean");
      assertThat(mean.get("nngp").get("resolved").asBoolean()).isTrue();
      assertThat(mean.get("corrected").get("value").asDouble())
          .isLessThan(mean.get("nngp").get("value").asDouble());
    }
    JsonNode slope = json("concrete").get("slopes").get("mean").get("nngp");
    assertThat(slope.get("value").asDouble()).isBetween(-1.4, -0.6);
  }
}
