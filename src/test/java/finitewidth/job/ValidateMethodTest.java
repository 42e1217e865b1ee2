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
import java.util.Arrays;
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
            networks { chains = 48, max-iterations = 300, max-annealing = 300 }
            validate { train-rows = 12, test-rows = 6, widths = [24], draws = 20000 }
            """
                .formatted(csv("train.csv", 12, 71), csv("test.csv", 6, 72)));
    byDraws = run("draws");
    byChains =
        run("chains", "validate.method=chains", "validate.methods=[renormalised, first-order]")
            .succeeds();
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

  /**
   * 13 numbers within 5 standard errors: by chance in 1 of 9000 seeds, 47 degrees of freedom. With
   * so many chains the verdict rests on differences of more than five standard errors.
   */
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
    assertThat(convergence.get("chains").asInt()).isEqualTo(48);
    assertThat(convergence.get("iterations").asInt()).isEqualTo(300);
    assertThat(convergence.get("converged").asBoolean()).isTrue();
    assertThat(convergence.get("r_hat").asDouble()).isBetween(0.99, 1.1);
    JsonNode summary = JSON.readTree(directory.resolve("chains/summary.json").toFile());
    assertThat(summary.get("truth").asText()).isEqualTo("chains");
    assertThat(summary.get("widths").get(0).get("convergence")).isEqualTo(convergence);
    assertThat(byChains.out()).contains("of 14400  R-hat ");
    assertThat(Files.readString(directory.resolve("chains/report.html")))
        .contains("exact posterior by chains", "id=\"convergence\"")
        .doesNotContain("id=\"sample-size\"");
  }

  /**
   * All distances are against the same exact posterior, so a method has those of a job of its own.
   */
  @Test
  void aRefereeHoldsSeveralMethodsAgainstIt() throws IOException {
    JsonNode referee = json("chains").get("referee");
    JsonNode own = width("chains");
    assertThat(json("draws").get("referee").isNull()).isTrue();
    assertThat(referee.get("methods").findValuesAsText("method"))
        .containsExactly("nngp", "first-order", "renormalised");
    JsonNode infinite = referee.get("methods").get(0);
    JsonNode first = referee.get("methods").get(1);
    JsonNode renormalised = referee.get("methods").get(2);
    for (String quantity : List.of("mean", "variance", "log_evidence")) {
      JsonNode remainder = own.get("remainder").get(quantity);
      assertThat(distance(first, quantity)).isEqualTo(remainder.get("corrected"));
      assertThat(distance(infinite, quantity)).isEqualTo(remainder.get("nngp"));
      assertThat(distance(renormalised, quantity).get("value").asDouble())
          .isNotEqualTo(distance(first, quantity).get("value").asDouble());
    }
    assertThat(first.get("widths").get(0).get("verdict")).isEqualTo(own.get("verdict"));
    JsonNode width = referee.get("widths").get(0);
    isSmallest(width.get("nearest").get("mean").get(0).asText(), referee, "mean");
    assertThat(width.get("use").asText()).isIn("first-order", "renormalised");
    assertThat(byChains.out())
        .contains("width 24     renormalised ")
        .contains("referee: at width 24 use " + width.get("use").asText() + ": ");
    assertThat(Files.readString(directory.resolve("chains/report.html")))
        .contains("id=\"referee\"", "id=\"referee-log-evidence\"");
  }

  private static JsonNode distance(JsonNode method, String quantity) {
    return method.get("widths").get(0).get("distance").get(quantity);
  }

  /** Up to values of zero, which all stand for what is below the noise. */
  private static void isSmallest(String name, JsonNode referee, String quantity) {
    double found = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    for (JsonNode method : referee.get("methods")) {
      double value = distance(method, quantity).get("value").asDouble();
      least = Math.min(least, value);
      found = method.get("method").asText().equals(name) ? value : found;
    }
    assertThat(found).isEqualTo(least);
  }

  /** Log densities of the six targets, from the means and variances that the result has. */
  @Test
  void heldOutTargetsAreScored() throws IOException {
    JsonNode methods = json("chains").get("referee").get("methods");
    double[] infinite = new double[6];
    double[] first = new double[6];
    List<String> lines = Files.readAllLines(directory.resolve("test.csv"));
    double noise = 0.3 * trainingVariance();
    for (int x = 0; x < 6; x++) {
      double target = Double.parseDouble(lines.get(1 + x).split(",")[3]);
      JsonNode point = width("chains").get("points").get(x);
      infinite[x] = logDensity(target, point, "nngp", noise);
      first[x] = logDensity(target, point, "corrected", noise);
    }
    JsonNode scored = methods.get(1).get("widths").get(0).get("density");
    assertThat(scored.get("log_density").asDouble())
        .isCloseTo(Arrays.stream(first).average().orElseThrow(), within(1e-9));
    double gain = 0;
    for (int x = 0; x < 6; x++) {
      gain += (first[x] - infinite[x]) / 6;
    }
    assertThat(scored.get("gain").asDouble()).isCloseTo(gain, within(1e-9));
    double squares = 0;
    for (int x = 0; x < 6; x++) {
      squares += Math.pow(first[x] - infinite[x] - gain, 2);
    }
    assertThat(scored.get("gain_standard_error").asDouble())
        .isCloseTo(Math.sqrt(squares / 30), within(1e-9));
    JsonNode exact = json("chains").get("referee").get("widths").get(0).get("exact_density");
    assertThat(exact.get("log_density").asDouble())
        .isCloseTo(scored.get("log_density").asDouble(), within(0.1));
  }

  private static double trainingVariance() throws IOException {
    double[] targets =
        Files.readAllLines(directory.resolve("train.csv")).stream()
            .skip(1)
            .mapToDouble(line -> Double.parseDouble(line.split(",")[3]))
            .toArray();
    double mean = Arrays.stream(targets).average().orElseThrow();
    return Arrays.stream(targets).map(t -> (t - mean) * (t - mean)).average().orElseThrow();
  }

  private static double logDensity(double target, JsonNode point, String name, double noise) {
    double error = target - point.get(name + "_mean").get(0).asDouble();
    double variance = point.get(name + "_variance").get(0).asDouble() + noise;
    return -0.5 * (Math.log(2 * Math.PI * variance) + error * error / variance);
  }

  @Test
  void methodsThatCannotBeJudgedAreRefused() {
    refuses("validate.methods=[networks, ensemble]", "which the other one judges");
    refuses("validate.methods=[nngp, nngp]", "validate.methods", "different values");
    refuses("validate.methods=[exact]", "validate.methods", "posterior.method");
    MainRun run =
        run("no", "validate.methods=[networks]", "validate.method=chains", "data.target=[target]");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("would be compared with itself");
    MainRun two = run("no", "validate.methods=[proportional]", "data.target=[target, c]");
    assertThat(two.exitCode()).isEqualTo(2);
    assertThat(two.err()).contains("validate.methods").contains("one data.target");
  }

  private static void refuses(String override, String... words) {
    MainRun run = run("no", override);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(words);
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
