package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains of networks on training rows that stay distributed: files to predictions. */
@Tag("slow")
class LockstepFitIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 2500;

  @TempDir private static Path directory;
  private static LocalSpark settings;
  private static Path config;
  private static MainRun run;
  private static JsonNode summary;

  @BeforeAll
  static void fit() throws IOException {
    settings = LocalSpark.set();
    csv(directory.resolve("train.csv"), 0, ROWS, 1);
    Files.createDirectory(directory.resolve("parts"));
    for (int part = 0; part < 5; part++) {
      csv(
          directory.resolve("parts/%d.csv".formatted(part)),
          ROWS * part / 5,
          ROWS * (part + 1) / 5,
          1);
    }
    csv(directory.resolve("test.csv"), 0, 40, 2);
    config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data { train = "%s", test = "%s", target = target }
            network { activation = tanh, hidden-widths = [4], bias-variance = 0.1, weight-variance = 2.0 }
            noise-variance = 0.3
            inducing-points = 40
            posterior.method = networks
            networks { rows = distributed, chains = 4, max-iterations = 50, max-annealing = 14, leaps = 6 }
            output { path = "%s", format = json }
            """
                .formatted(
                    directory.resolve("train.csv"),
                    directory.resolve("test.csv"),
                    directory.resolve("out")));
    run = MainRun.of("fit", config).succeeds();
    summary = JSON.readTree(directory.resolve("out/summary.json").toFile());
  }

  @AfterAll
  static void clear() {
    settings.close();
  }

  /** A function that a line does not fit, and noise of deviation 0.5. */
  private static void csv(Path file, int from, int to, long seed) throws IOException {
    Matrix x = Problems.gaussian(to, 3, seed);
    Matrix noise = Problems.gaussian(to, 1, seed + 10);
    StringBuilder text = new StringBuilder("a,b,c,target\n");
    for (int i = from; i < to; i++) {
      double target = 20 + 4 * Math.sin(2 * x.get(i, 0)) + x.get(i, 1) + 0.5 * noise.get(i, 0);
      text.append("%s,%s,%s,%s\n".formatted(x.get(i, 0), x.get(i, 1), x.get(i, 2), target));
    }
    Files.writeString(file, text.toString());
  }

  private static Map<Integer, JsonNode> predictions(String result) throws IOException {
    Map<Integer, JsonNode> rows = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve(result).resolve("predictions"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode row = JSON.readTree(line);
          rows.put(row.get("id").asInt(), row);
        }
      }
    }
    return rows;
  }

  private static List<String> numbers(String result) throws IOException {
    List<String> all = new ArrayList<>();
    for (JsonNode row : predictions(result).values()) {
      for (String column : List.of("mean", "variance", "standard_error", "nngp_mean")) {
        all.add(row.get(column).asText());
      }
    }
    return all;
  }

  @Test
  void theSummarySaysHow() throws IOException {
    JsonNode chains = summary.get("chains").get(0);
    assertThat(chains.get("iterations").asInt()).isEqualTo(50);
    assertThat(chains.get("converged").asBoolean()).isFalse();
    assertThat(chains.get("log_evidence").isNull()).isTrue();
    assertThat(chains.get("log_evidence_failures").get(0).asText())
        .isEqualTo("it is not computed where training rows stay distributed");
    assertThat(summary.get("inducing").get("points").asInt()).isEqualTo(40);
    assertThat(summary.get("inducing").get("rows").asInt()).isEqualTo(ROWS);
    assertThat(run.err())
        .contains("not converged after 50 iterations of 4 chains")
        .contains(
            "networks of widths [4] in lockstep, 4 chains: iteration 50 of 50 at most, R-hat");
    assertThat(Files.readString(directory.resolve("out/report.html")))
        .contains("there is no log evidence");
  }

  /** The noise has a deviation of 0.5: nobody who has learnt the function errs by much more. */
  @Test
  void chainsHaveLearntTheFunction() {
    assertThat(summary.get("corrected").get("rmse").asDouble()).isBetween(0.35, 0.75);
  }

  @Test
  void filesAndPartitionsChangeNoBit() throws IOException {
    MainRun.of(
            "fit",
            config,
            "data.train=" + directory.resolve("parts"),
            "data.format=csv",
            "output.path=" + directory.resolve("of-parts"))
        .succeeds();
    assertThat(numbers("of-parts")).hasSize(160).isEqualTo(numbers("out"));
  }

  @Test
  void theModelPredictsTheSame() throws IOException {
    Path predict =
        Files.writeString(
            directory.resolve("predict.conf"),
            """
            model.path = "%s"
            data { test = "%s" }
            output { path = "%s", format = json }
            """
                .formatted(
                    directory.resolve("out/model"),
                    directory.resolve("test.csv"),
                    directory.resolve("predicted")));
    MainRun.of("predict", predict).succeeds();
    assertThat(numbers("predicted")).isEqualTo(numbers("out"));
  }

  /** Noise and variances move with the weights, and are told. */
  @Test
  void hyperparametersAreSampled() throws IOException {
    MainRun.of(
            "fit", config, "hyperparameters=sampled", "output.path=" + directory.resolve("sampled"))
        .succeeds();
    JsonNode sampled = JSON.readTree(directory.resolve("sampled/summary.json").toFile());
    JsonNode noise = sampled.at("/chains/0/hyperparameters/0");
    assertThat(noise.get("name").asText()).isEqualTo("noise variance");
    // 0.25 over 10 or so of the targets, given as 0.3, and chains are short.
    assertThat(noise.get("mean").asDouble()).isBetween(0.005, 0.15);
    assertThat(sampled.get("corrected").get("rmse").asDouble()).isBetween(0.35, 0.75);
  }

  @Test
  void mistakesAreToldInASentence() {
    refused(2, "network.hidden-widths=auto", "there is no log evidence to choose widths by");
    refused(3, "network.hidden-widths=[2499]", "more rows are needed than the last hidden layer");
    refused(2, "networks.rows=resident", "or set networks.rows = distributed");
    refused(2, "networks.rows=anywhere", "accepted is resident, distributed, auto");
  }

  private static void refused(int code, String override, String why) {
    MainRun refused =
        MainRun.of("fit", config, override, "output.path=" + directory.resolve("none"));
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(code);
    assertThat(refused.err()).contains(why).doesNotContain("Exception");
  }

  @Test
  void anEstimateComesWithoutChains() {
    MainRun dry =
        MainRun.of("fit", config, "--dry-run", "output.path=" + directory.resolve("none"))
            .succeeds();
    assertThat(dry.out()).contains("iterations").contains("fits");
  }
}
