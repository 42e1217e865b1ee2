package finitewidth.job;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fits through inducing points: files to predictions, all in this process. */
@Tag("slow")
class InducingFitIT {
  private static final int ROWS = 40;
  private static final List<String> NUMBERS =
      List.of("nngp_mean", "nngp_variance", "delta_mean", "delta_variance", "mean", "variance");

  @TempDir private Path directory;
  private LocalSpark settings;
  private Path config;

  @BeforeEach
  void write() throws IOException {
    settings = LocalSpark.set();
    csv("test.csv", 0, 12, 2);
    csv("train.csv", 0, ROWS, 1);
    config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data { train = "%s", test = "%s" }
            network { activation = erf, hidden-widths = [200, 300], bias-variance = 0.1, weight-variance = 2.0 }
            noise-variance = 0.05
            contraction.engine = exact
            output { format = json, overwrite = true }
            """
                .formatted(directory.resolve("train.csv"), directory.resolve("test.csv")));
  }

  @AfterEach
  void clear() {
    settings.close();
  }

  private void csv(String name, int from, int to, long seed) throws IOException {
    Matrix x = Problems.gaussian(to, 3, seed);
    StringBuilder text = new StringBuilder("a,b,c,target\n");
    for (int i = from; i < to; i++) {
      double target = 20 + 4 * Math.sin(x.get(i, 0)) + x.get(i, 1);
      text.append("%s,%s,%s,%s%n".formatted(x.get(i, 0), x.get(i, 1), x.get(i, 2), target));
    }
    Files.writeString(directory.resolve(name), text.toString());
  }

  private MainRun run(String verb, String... overrides) {
    return MainRun.of(verb, config, overrides);
  }

  private JsonNode fit(String name, String... overrides) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(overrides));
    arguments.add("output.path=" + directory.resolve(name));
    run("fit", arguments.toArray(String[]::new)).succeeds();
    return Results.summary(directory.resolve(name));
  }

  private List<String> lines(String name) throws IOException {
    return Results.lines(directory.resolve(name).resolve("predictions"));
  }

  /** With a point for every row nothing is approximated. */
  @Test
  void aPointForEveryRowIsTheFullComputation() throws IOException {
    JsonNode full = fit("full");
    for (String approximation : List.of("dtc", "fitc")) {
      JsonNode induced =
          fit("induced", "inducing-points=" + ROWS, "inducing.approximation=" + approximation);
      for (String number :
          List.of(
              "/nngp/log_evidence",
              "/nngp/rmse",
              "/nngp/nlpd",
              "/delta_log_evidence",
              "/corrected/log_evidence",
              "/corrected/rmse")) {
        assertClose(number, induced.at(number).asDouble(), full.at(number).asDouble(), 1e-8);
      }
      assertThat(induced.at("/inducing/points").asInt()).isEqualTo(ROWS);
      assertThat(induced.at("/inducing/rows").asInt()).isEqualTo(ROWS);
      assertThat(induced.at("/data/train_rows").asInt()).isEqualTo(ROWS);
      assertClose(
          "bound",
          induced.at("/inducing/variational_bound").asDouble(),
          full.at("/nngp/log_evidence").asDouble(),
          1e-8);
      List<String> expected = lines("full");
      List<String> found = lines("induced");
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.size(); i++) {
        JsonNode a = Results.json(found.get(i));
        JsonNode b = Results.json(expected.get(i));
        assertThat(a.get("id")).isEqualTo(b.get("id"));
        for (String name : NUMBERS) {
          assertClose(name, a.get(name).asDouble(), b.get(name).asDouble(), 1e-8);
        }
      }
    }
  }

  /** Cores, files, formats: none of it changes a byte. */
  @Test
  void spreadingDoesNotChangeAByte() throws IOException {
    csv("train.csv", 0, 3000, 1);
    String all = Files.readString(directory.resolve("train.csv"));
    List<String> rows = all.lines().skip(1).toList();
    for (int part = 0; part < 5; part++) {
      Files.writeString(
          directory.resolve("part-" + part + ".csv"),
          "a,b,c,target\n" + String.join("\n", rows.subList(600 * part, 600 * part + 600)) + "\n");
    }
    try (SparkSession session = SparkSession.builder().getOrCreate()) {
      session
          .read()
          .option("header", true)
          .option("inferSchema", true)
          .csv(directory.resolve("train.csv").toString())
          .coalesce(1)
          .write()
          .parquet(directory.resolve("train.parquet").toString());
    }
    List<String> results = new ArrayList<>();
    for (String[] way :
        new String[][] {
          {"local[1]", "train.csv"},
          {"local[2]", "train.csv"},
          {"local[3]", "part-*.csv"},
          {"local[2]", "train.parquet"}
        }) {
      System.setProperty("spark.master", way[0]);
      JsonNode summary =
          fit(
              "out-" + results.size(),
              "data.train=" + directory.resolve(way[1]),
              "data.train-rows=2500",
              "inducing-points=15",
              "inducing.sample-rows=300");
      results.add(
          String.join("\n", lines("out-" + results.size()))
              + summary.get("nngp")
              + summary.get("delta_log_evidence")
              + summary.get("widths")
              + summary.at("/inducing/variational_bound"));
    }
    assertThat(results.subList(1, 4)).containsOnly(results.get(0));
  }

  /** What the fit said of its test rows the saved model says again, to the last bit. */
  @Test
  void savedModelsSayTheSame() throws IOException {
    for (String engine : List.of("exact", "sampled")) {
      fit(
          engine,
          "inducing-points=12",
          "inducing.method=k-means",
          "contraction.engine=" + engine,
          "contraction.max-draws=20000");
      Path out = directory.resolve("again");
      MainRun again =
          run(
                  "predict",
                  "model.path=" + directory.resolve(engine).resolve("model"),
                  "output.path=" + out)
              .succeeds();
      assertThat(again.err()).contains("12 inducing points");
      assertThat(lines("again")).isEqualTo(lines(engine));
    }
  }

  /** Some rows are corrected, all are scored at order 0. */
  @Test
  void someTestRowsAreCorrected() throws IOException {
    JsonNode all = fit("all", "inducing-points=12");
    JsonNode some = fit("some", "inducing-points=12", "contraction.test-rows=5");
    assertThat(some.at("/data/corrected_rows").asInt()).isEqualTo(5);
    assertThat(some.at("/data/test_rows").asInt()).isEqualTo(12);
    assertThat(some.at("/nngp_on_corrected_rows/rows").asInt()).isEqualTo(5);
    assertThat(all.at("/nngp_on_corrected_rows").isNull()).isTrue();
    assertThat(some.at("/nngp/rmse")).isEqualTo(all.at("/nngp/rmse"));
    List<String> expected = lines("all");
    List<String> found = lines("some");
    double squares = 0;
    int corrected = 0;
    for (int i = 0; i < found.size(); i++) {
      JsonNode row = Results.json(found.get(i));
      JsonNode whole = Results.json(expected.get(i));
      assertThat(row.get("nngp_mean")).isEqualTo(whole.get("nngp_mean"));
      if (row.get("within_expansion").isNull()) {
        assertThat(row.get("delta_mean").isNull()).isTrue();
        assertThat(row.get("standard_error").isNull()).isTrue();
        assertThat(row.get("mean")).isEqualTo(row.get("nngp_mean"));
      } else {
        corrected++;
        assertThat(found.get(i)).isEqualTo(expected.get(i));
        squares += Math.pow(row.get("mean").asDouble() - row.get("target").asDouble(), 2);
      }
    }
    assertThat(corrected).isEqualTo(5);
    assertClose("rmse", some.at("/corrected/rmse").asDouble(), Math.sqrt(squares / 5), 1e-12);
    MainRun tooMany =
        run("fit", "contraction.test-rows=13", "output.path=" + directory.resolve("none"));
    assertThat(tooMany.exitCode()).isEqualTo(3);
    assertThat(tooMany.err()).contains("contraction.test-rows=13, but there are only 12 test rows");
  }

  @Test
  void classes() throws IOException {
    StringBuilder text = new StringBuilder("a,b,kind\n");
    Matrix x = Problems.gaussian(300, 2, 5);
    for (int i = 0; i < 300; i++) {
      String kind = x.get(i, 0) > 0 ? "oak" : x.get(i, 1) > 0 ? "elm" : "ash";
      text.append("%s,%s,%s\n".formatted(x.get(i, 0), x.get(i, 1), kind));
    }
    Path train = Files.writeString(directory.resolve("classes.csv"), text.toString());
    Path test =
        Files.writeString(
            directory.resolve("some.csv"), "a,b,kind\n1,1,oak\n-1,1,elm\n-1,-1,ash\n2,2,yew\n");
    JsonNode summary =
        fit(
            "classified",
            "data.train=" + train,
            "data.test=" + test,
            "data.label=kind",
            "network.hidden-widths=[500]",
            "inducing-points=30");
    JsonNode priors = summary.at("/data/class_priors");
    assertThat(priors.properties()).hasSize(3);
    assertClose(
        "prior",
        priors.get("oak").asDouble(),
        text.toString().lines().filter(line -> line.endsWith("oak")).count() / 300.0,
        1e-15);
    assertThat(summary.at("/nngp/accuracy").asDouble()).isEqualTo(0.75);
    assertThat(summary.get("warnings").toString())
        .contains("1 test row is of a class that no training row has, such as \\\"yew\\\"");
  }

  @Test
  void hyperparametersByEvidence() throws IOException {
    csv("train.csv", 0, 300, 1);
    String[] keys = {
      "inducing-points=25",
      "hyperparameters=evidence",
      "evidence.input-scales=per-feature",
      "evidence.starts=1",
      "network.hidden-widths=auto"
    };
    // Of all rows, through the points; or of so many rows themselves.
    String[] more = Arrays.copyOf(keys, keys.length + 1);
    more[keys.length] = "evidence.rows=all";
    JsonNode through = fit("fitted", more);
    more[keys.length] = "evidence.rows=60";
    JsonNode sample = fit("sample", more);
    for (JsonNode summary : List.of(through, sample)) {
      assertThat(summary.at("/inducing/points").asInt()).isEqualTo(25);
      assertThat(summary.at("/hyperparameters/mode").asText()).isEqualTo("evidence");
      assertThat(summary.at("/nngp/rmse").asDouble()).isLessThan(1);
    }
    assertThat(through.at("/hyperparameters/evidence/rows").asInt()).isEqualTo(300);
    assertThat(sample.at("/hyperparameters/evidence/rows").asInt()).isEqualTo(60);
    // The search's inducing variables are a little blurred, which small noise makes felt.
    assertClose(
        "bound",
        through.at("/hyperparameters/evidence/log_evidence").asDouble(),
        through.at("/inducing/variational_bound").asDouble(),
        1e-4);
  }

  @Test
  void pointsThatCoincideAreLeftOut() throws IOException {
    String once = Files.readString(directory.resolve("train.csv"));
    String rows = once.substring(once.indexOf('\n') + 1);
    Files.writeString(directory.resolve("train.csv"), once + rows + rows);
    for (String method : List.of("greedy", "k-means")) {
      JsonNode summary = fit("out", "inducing-points=" + (ROWS + 20), "inducing.method=" + method);
      assertThat(summary.at("/inducing/points").asInt()).isEqualTo(ROWS);
      assertThat(summary.at("/inducing/asked").asInt()).isEqualTo(ROWS + 20);
      assertThat(summary.at("/inducing/left_out").asInt()).isEqualTo(20);
      assertThat(summary.get("warnings").toString()).contains("inducing-points = 60: 40 are used");
    }
  }

  @Test
  void mistakesGetASentence() throws IOException {
    refused(
        3,
        "inducing-points=41, but there are only 40 training rows; use fewer points",
        "inducing-points=41");
    Files.writeString(directory.resolve("part-0.csv"), "a,b,c,target\n1,2,3,4\n2,3,4,5\n");
    Files.writeString(directory.resolve("part-1.csv"), "a,b,c,target\n1,2,3,4\n2,oops,4,5\n");
    Files.writeString(directory.resolve("part-2.csv"), "a,b,c,target\n1,2,3,4\n2,3,4,5\n");
    refused(
        3,
        "part-1.csv, row 1 (line 3): column \"b\" holds \"oops\"",
        "inducing-points=2",
        "data.train=" + directory.resolve("part-*.csv"));
  }

  @Test
  void damagedParquetFilesAreNamed() throws IOException {
    Path table = directory.resolve("many.parquet");
    try (SparkSession session = SparkSession.builder().getOrCreate()) {
      session
          .range(0, 30_000, 1, 3)
          .selectExpr("rand(1) a", "rand(2) b", "rand(3) target")
          .write()
          .parquet(table.toString());
    }
    Path middle = Results.parts(table).get(1);
    try (Stream<Path> files = Files.list(table)) {
      for (Path crc : files.filter(f -> f.toString().endsWith(".crc")).toList()) {
        Files.delete(crc);
      }
    }
    byte[] good = Files.readAllBytes(middle);
    byte[] torn = Arrays.copyOf(good, good.length / 2);
    byte[] garbled = good.clone();
    Arrays.fill(garbled, 4, 60, (byte) 0x5a);
    for (byte[] bytes : List.of(torn, garbled)) {
      Files.write(middle, bytes);
      refused(
          3, middle.getFileName() + " cannot be read", "inducing-points=2", "data.train=" + table);
    }
  }

  private void refused(int exitCode, String sentence, String... overrides) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(overrides));
    arguments.add("output.path=" + directory.resolve("refused"));
    MainRun run = run("fit", arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .noneMatch(name -> name.contains("refused"));
    }
  }
}
