package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.gaussian.ActivationFunction;
import finitewidth.gaussian.Derivative;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Activation and depth by the exact log evidence, and what chains do not take, through the job. */
class NetworkChoiceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> SPARK =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "2");

  @TempDir private static Path directory;

  @BeforeAll
  static void start() {
    SPARK.forEach(System::setProperty);
  }

  @AfterAll
  static void stop() {
    SPARK.keySet().forEach(System::clearProperty);
  }

  /** Targets that are a step of the first feature, or of one value. */
  private static Path config(String name, int rows, boolean constant) throws IOException {
    Matrix x = Problems.gaussian(rows, 2, 3);
    StringBuilder text = new StringBuilder("a,b,target\n");
    for (int i = 0; i < rows; i++) {
      double target = constant ? 3 : Math.tanh(4 * x.get(i, 0)) + 0.1 * x.get(i, 1);
      text.append("%s,%s,%s\n".formatted(x.get(i, 0), x.get(i, 1), target));
    }
    Path csv = Files.writeString(directory.resolve(name + ".csv"), text.toString());
    return Files.writeString(
        directory.resolve(name + ".conf"),
        """
        data { train = "%s", test = "%s" }
        network { activation = tanh, hidden-widths = [6], bias-variance = 0.1, weight-variance = 2.0 }
        noise-variance = 0.1
        posterior.method = networks
        networks { chains = 4, max-iterations = 100, states = 20, max-annealing = 100 }
        output { path = "%s", format = json }
        """
            .formatted(csv, csv, directory.resolve(name)));
  }

  private static JsonNode summary(String result) throws IOException {
    return JSON.readTree(directory.resolve(result).resolve("summary.json").toFile());
  }

  @Test
  void choosesActivationAndDepth() throws IOException {
    Path config = config("choice", 24, false);
    MainRun run =
        MainRun.of("fit", config, "evidence.depths=[1,2]", "evidence.activations=[linear,tanh]")
            .succeeds();
    JsonNode found = summary("choice");
    List<JsonNode> networks = new ArrayList<>();
    found.get("hyperparameters").get("networks").forEach(networks::add);
    assertThat(networks).hasSize(4);
    JsonNode best = networks.stream().filter(one -> one.get("chosen").asBoolean()).toList().get(0);
    // No linear network bends.
    assertThat(best.get("activation").asText()).isEqualTo("tanh");
    assertThat(found.get("network").get("activation").asText()).isEqualTo("tanh");
    assertThat(found.get("network").get("hidden_widths"))
        .hasSize(best.get("hidden_layers").asInt());
    for (JsonNode one : networks) {
      assertThat(one.get("log_evidence").asDouble())
          .isLessThanOrEqualTo(best.get("log_evidence").asDouble());
      assertThat(one.get("standard_error").asDouble()).isPositive();
      assertThat(one.get("width").asInt()).isEqualTo(6);
      if (one.get("activation").asText().equals("linear")) {
        assertThat(one.get("separated").asBoolean()).isTrue();
      }
      // Each is what it would have been by itself, to the last bit.
      int depth = one.get("hidden_layers").asInt();
      String alone = one.get("activation").asText() + depth;
      MainRun.of(
              "fit",
              config,
              "network.activation=" + one.get("activation").asText(),
              "network.hidden-widths=[" + (depth == 1 ? "6" : "6,6") + "]",
              "output.path=" + directory.resolve(alone))
          .succeeds();
      assertThat(summary(alone).get("chains").get(0).get("log_evidence"))
          .isEqualTo(one.get("log_evidence"));
    }
    assertThat(run.out()).contains("network by evidence tanh with ");
    assertThat(Files.readString(directory.resolve("choice/report.html")))
        .contains("Evidence by network");
  }

  @Test
  void refusesWhatChainsCannotTake() throws IOException {
    Path config = config("refused", 12, false);
    assertThat(MainRun.of("fit", config, "noise-variance=0").err())
        .contains("noise-variance = 0")
        .contains("chains of networks need noise; a number above 0 is needed");
    MainRun wide = MainRun.of("fit", config, "network.hidden-widths=[1000000,1000000]");
    assertThat(wide.exitCode()).isEqualTo(5);
    assertThat(lines(wide))
        .singleElement()
        .asString()
        .contains("networks of widths [1000000, 1000000] have more weights or fields");
    assertThat(wide.err()).doesNotContain("\tat ");
    MainRun one = MainRun.of("fit", config("one", 1, false), "output.overwrite=true");
    assertThat(one.exitCode()).isEqualTo(3);
    assertThat(lines(one)).singleElement().asString().contains("one row to train on");
    MainRun none = MainRun.of("fit", config, "network.activation=\"" + Hole.class.getName() + "\"");
    assertThat(none.err()).contains("gives NaN at z = ", "it must be finite there");
    assertThat(none.err()).doesNotContain("\tat ");
    assertThat(none.exitCode()).isEqualTo(4);
  }

  /** Without the lines of progress and of the estimate. */
  private static List<String> lines(MainRun run) {
    return Arrays.stream(run.err().split("\n"))
        .filter(line -> line.startsWith("finite-width: ") && !line.contains("] estimate: "))
        .toList();
  }

  @Test
  void takesConstantTargets() throws IOException {
    MainRun run = MainRun.of("fit", config("constant", 12, true));
    assertThat(lines(run)).hasSizeLessThanOrEqualTo(1);
    assertThat(run.err()).doesNotContain("Exception");
    assertThat(run.exitCode()).isIn(0, 3);
  }

  /** An activation that is no number where fields are large. */
  public static final class Hole implements ActivationFunction {
    private static final long serialVersionUID = 1L;

    @Override
    public double value(double z) {
      return z > 6 ? Double.NaN : Math.tanh(z);
    }

    @Override
    public Optional<Derivative> derivative() {
      return Optional.of((z, value) -> 1 - value * value);
    }
  }
}
