package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.job.config.Verb;
import finitewidth.job.console.Console;
import finitewidth.job.run.Sessions;
import finitewidth.linalg.Matrix;
import finitewidth.ml.FiniteWidthClassificationModel;
import finitewidth.ml.FiniteWidthRegressionModel;
import finitewidth.ml.FiniteWidthRegressor;
import finitewidth.oracle.Problems;
import finitewidth.oracle.UserErf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs fit and predict and spark.ml hand models to one another. */
class PredictTest {
  @TempDir private static Path directory;
  private static LocalSpark settings;
  private static Path config;
  private static Path test;

  @BeforeAll
  static void fit() throws IOException {
    settings = LocalSpark.set();
    test = csv("test.csv", 12, 2);
    config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data { train = "%s", test = "%s", id = name }
            network { activation = erf, hidden-widths = [200, 300], bias-variance = 0.1, weight-variance = 2.0 }
            noise-variance = 0.05
            contraction.engine = exact
            output { format = json, overwrite = true }
            """
                .formatted(csv("train.csv", 20, 1), test));
    succeeds("fit", "output.path=" + directory.resolve("fitted"));
    Files.writeString(directory.resolve("classes.csv"), classes());
    succeeds(
        "fit",
        "data.train=" + directory.resolve("classes.csv"),
        "data.label=kind",
        "data.features=[a, b]",
        "data.test=" + directory.resolve("classes.csv"),
        "network.hidden-widths=[500]",
        "output.path=" + directory.resolve("classified"));
    succeeds(
        "fit",
        "contraction.engine=sampled",
        "contraction.max-draws=4000",
        "contraction.tolerance=0.002",
        "output.path=" + directory.resolve("drawn"));
    succeeds(
        "fit",
        "hyperparameters=evidence",
        "evidence.input-scales=per-feature",
        "network.hidden-widths=auto",
        "output.path=" + directory.resolve("scaled"));
    succeeds(
        "fit",
        "hyperparameters=evidence",
        "evidence.input-scales=per-feature",
        "preprocess.features=none",
        "network.hidden-widths=auto",
        "contraction.engine=sampled",
        "contraction.max-draws=4000",
        "output.path=" + directory.resolve("scaled-drawn"));
    succeeds(
        "fit",
        "network.activation=" + UserErf.class.getName(),
        "contraction.engine=auto",
        "output.path=" + directory.resolve("own"));
  }

  @AfterAll
  static void clear() {
    settings.close();
  }

  private static Path csv(String name, int rows, long seed) throws IOException {
    Matrix x = Problems.gaussian(rows, 3, seed);
    StringBuilder text = new StringBuilder("name,a,b,c,target\n");
    for (int i = 0; i < rows; i++) {
      double target = 20 + 4 * Math.sin(x.get(i, 0)) + x.get(i, 1);
      text.append("r%d,%s,%s,%s,%s%n".formatted(i, x.get(i, 0), x.get(i, 1), x.get(i, 2), target));
    }
    return Files.writeString(directory.resolve(name), text.toString());
  }

  private static String classes() {
    Matrix x = Problems.gaussian(18, 2, 5);
    StringBuilder text = new StringBuilder("name,a,b,kind\n");
    for (int i = 0; i < 18; i++) {
      String kind = x.get(i, 0) > 0 ? "oak" : x.get(i, 1) > 0 ? "elm" : "ash";
      text.append("r%d,%s,%s,%s\n".formatted(i, x.get(i, 0), x.get(i, 1), kind));
    }
    return text.toString();
  }

  private static MainRun run(String verb, String... overrides) {
    return MainRun.of(verb, config, overrides);
  }

  private static MainRun succeeds(String verb, String... overrides) {
    return run(verb, overrides).succeeds();
  }

  private static Path model(String of) {
    return directory.resolve(of).resolve("model");
  }

  private static String path(Path path) {
    return "model.path=" + path;
  }

  /** What the fit said of its test rows, the saved model says again to the last bit. */
  @Test
  void predictSaysWhatTheFitSaid() throws IOException {
    for (String of : List.of("fitted", "classified", "drawn", "scaled", "scaled-drawn", "own")) {
      Path out = directory.resolve("again-" + of);
      List<String> arguments = new ArrayList<>(List.of(path(model(of)), "output.path=" + out));
      if (of.equals("classified")) {
        arguments.add("data.test=" + directory.resolve("classes.csv"));
      }
      MainRun run = succeeds("predict", arguments.toArray(String[]::new));
      assertThat(Results.lines(out.resolve("predictions")))
          .isEqualTo(Results.lines(directory.resolve(of).resolve("predictions")));
      JsonNode summary = Results.summary(out);
      JsonNode fitted = Results.summary(directory.resolve(of));
      assertThat(summary.at("/corrected/nlpd")).isEqualTo(fitted.at("/corrected/nlpd"));
      assertThat(summary.at("/nngp/rmse")).isEqualTo(fitted.at("/nngp/rmse"));
      assertThat(run.out()).contains("widths ∞ (NNGP)", "predict " + out);
    }
  }

  @Test
  void orderZero() throws IOException {
    Path out = directory.resolve("order0");
    succeeds("predict", path(model("fitted")), "predict.order=0", "output.path=" + out);
    List<String> fitted = Results.lines(directory.resolve("fitted/predictions"));
    List<String> found = Results.lines(out.resolve("predictions"));
    for (int i = 0; i < found.size(); i++) {
      JsonNode expected = Results.json(fitted.get(i));
      JsonNode row = Results.json(found.get(i));
      assertThat(row.get("nngp_mean")).isEqualTo(expected.get("nngp_mean"));
      assertThat(row.get("mean")).isEqualTo(expected.get("nngp_mean"));
      assertThat(row.get("nngp_variance").asDouble())
          .isCloseTo(expected.get("nngp_variance").asDouble(), within(1e-12));
      assertThat(row.get("delta_mean").isNull()).isTrue();
      assertThat(row.get("within_expansion").isNull()).isTrue();
    }
  }

  /** More rows than come to the driver: the same twelve over and over, in blocks of all kinds. */
  @Test
  void manyRowsStayWhereTheyAre() throws IOException {
    List<String> twelve = Files.readAllLines(test);
    StringBuilder text = new StringBuilder(twelve.get(0)).append('\n');
    int count = 100_003;
    for (int i = 0; i < count; i++) {
      text.append(twelve.get(1 + i % 12)).append('\n');
    }
    Path many = Files.writeString(directory.resolve("many.csv"), text.toString());
    Path out = directory.resolve("many");
    succeeds(
        "predict",
        path(model("fitted")),
        "data.test=" + many,
        "predict.order=0",
        "output.path=" + out);
    List<String> found = Results.lines(out.resolve("predictions"));
    assertThat(found).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(found.get(i)).isEqualTo(found.get(i % 12));
    }
    JsonNode summary = Results.summary(out);
    assertThat(summary.at("/data/predictions").asInt()).isEqualTo(count);
    assertThat(summary.get("rows_per_second").asDouble()).isPositive();
  }

  /** First order is linear in 1/width. */
  @Test
  void otherWidths() throws IOException {
    Path out = directory.resolve("wider");
    succeeds(
        "predict", path(model("fitted")), "predict.hidden-widths=[400, 600]", "output.path=" + out);
    JsonNode fitted = Results.json(Results.lines(directory.resolve("fitted/predictions")).get(2));
    JsonNode wider = Results.json(Results.lines(out.resolve("predictions")).get(2));
    assertThat(wider.get("delta_mean").asDouble())
        .isCloseTo(fitted.get("delta_mean").asDouble() / 2, within(1e-12));
  }

  @Test
  void rowsThatLackNumbersAndColumnsToCarry() throws IOException {
    Path holes =
        Files.writeString(
            directory.resolve("holes.csv"),
            "name,a,b,c,town,street\n"
                + "x,0.1,0.2,0.3,7,\n"
                + "y,0.1,,0.3,8,High\n"
                + "z,0.1,NaN,0.3,9,\n"
                + "w,1,2,3,10,5\n");
    String data = "data.test=" + holes;
    MainRun refused =
        run("predict", path(model("fitted")), data, "output.path=" + directory.resolve("no"));
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("row 1 (line 3): column \"b\" is empty");
    Path out = directory.resolve("holes");
    succeeds(
        "predict",
        path(model("fitted")),
        data,
        "predict.handle-invalid=keep",
        "predict.columns=[town, street, a]",
        "output.path=" + out);
    List<String> kept = Results.lines(out.resolve("predictions"));
    assertThat(kept).hasSize(4);
    JsonNode missing = Results.json(kept.get(1));
    assertThat(missing.get("id").asText()).isEqualTo("y");
    assertThat(missing.get("mean").isNull()).isTrue();
    assertThat(missing.get("target").isNull()).isTrue();
    assertThat(missing.get("town").isNumber()).isTrue();
    assertThat(missing.get("street").asText()).isEqualTo("High");
    JsonNode whole = Results.json(kept.get(3));
    assertThat(whole.get("mean").isNumber()).isTrue();
    assertThat(whole.get("street").asText()).isEqualTo("5");
    assertThat(whole.get("a").asDouble()).isEqualTo(1);
    assertThat(Results.json(kept.get(0)).get("street").isNull()).isTrue();
    succeeds(
        "predict",
        path(model("fitted")),
        data,
        "predict.handle-invalid=skip",
        "predict.columns=*",
        "output.path=" + out);
    List<String> skipped = Results.lines(out.resolve("predictions"));
    assertThat(skipped).hasSize(2);
    List<String> names = new ArrayList<>();
    Results.json(skipped.get(0)).fieldNames().forEachRemaining(names::add);
    assertThat(names).containsSubsequence("within_expansion", "a", "b", "c", "town", "street");
    JsonNode summary = Results.summary(out);
    assertThat(summary.at("/data/incomplete").asInt()).isEqualTo(2);
    assertThat(summary.at("/data/predictions").asInt()).isEqualTo(2);
    assertThat(summary.get("warnings").get(0).asText())
        .isEqualTo("2 rows that lacked a number left out");
  }

  @Test
  void mistakes() throws IOException {
    String out = "output.path=" + directory.resolve("mistakes");
    assertRefused(2, "model.path is not set", out);
    assertRefused(3, "is no saved model", out, path(directory.resolve("nowhere")));
    assertRefused(
        2, "has 2 hidden layers", out, path(model("fitted")), "predict.hidden-widths=[3]");
    assertRefused(
        2,
        "csv has no arrays",
        out,
        path(model("classified")),
        "output.format=csv",
        "data.test=" + directory.resolve("classes.csv"));
    assertRefused(2, "is a regression", out, path(model("fitted")), "data.label=a");
    assertRefused(
        3,
        "no column \"street\" (predict.columns)",
        out,
        path(model("fitted")),
        "predict.columns=street");
    Path clash = Files.writeString(directory.resolve("clash.csv"), "name,a,b,c,mean\nx,1,2,3,4\n");
    assertRefused(
        3,
        "column \"mean\" of the data has the name",
        out,
        path(model("fitted")),
        "data.test=" + clash,
        "predict.columns=mean");
    assertRefused(
        2,
        "accepted is error, skip, keep",
        out,
        path(model("fitted")),
        "predict.handle-invalid=drop");
  }

  private static void assertRefused(int code, String sentence, String... arguments) {
    MainRun run = run("predict", arguments);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(code);
    assertThat(run.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(run.err().lines().filter(line -> !line.contains("] estimate: ")))
        .hasSizeLessThanOrEqualTo(2);
  }

  private static SparkSession session() {
    return Sessions.start(Verb.PREDICT, new Console(System.err, System.out)).spark();
  }

  /** The estimator on the same rows is the same fit, but for the order of the rows. */
  @Test
  void sparkMlLoadsWhatTheFitWrote() throws IOException {
    try (SparkSession spark = session()) {
      FiniteWidthRegressionModel loaded =
          FiniteWidthRegressionModel.load(model("fitted").toString());
      assertThat(loaded.hasSummary()).isFalse();
      assertThat(loaded.getHiddenWidths()).containsExactly(200, 300);
      assertThat(loaded.getActivation()).isEqualTo("erf");
      assertThat(loaded.featureNames()).containsExactly("a", "b", "c");
      Dataset<Row> rows = assembled(spark, test);
      Map<String, Double> expected = new TreeMap<>();
      for (Row row :
          spark.read().json(directory.resolve("fitted/predictions").toString()).collectAsList()) {
        expected.put(row.getAs("id"), row.<Double>getAs("mean"));
      }
      for (Row row : loaded.transform(rows).collectAsList()) {
        assertThat(row.<Double>getAs("prediction"))
            .isEqualTo(expected.get(row.<String>getAs("name")));
      }
      FiniteWidthRegressionModel estimated =
          new FiniteWidthRegressor()
              .setLabelCol("target")
              .setActivation("erf")
              .setHiddenWidths(200, 300)
              .setNoiseVariance(0.05)
              .setEngine("exact")
              .fit(assembled(spark, directory.resolve("train.csv")));
      assertThat(estimated.logEvidence()).isCloseTo(loaded.logEvidence(), within(1e-9));
      assertThat(estimated.deltaLogEvidence()).isCloseTo(loaded.deltaLogEvidence(), within(1e-9));
      for (Row row : estimated.transform(rows).collectAsList()) {
        assertThat(row.<Double>getAs("prediction"))
            .isCloseTo(expected.get(row.<String>getAs("name")), within(1e-9));
      }
      FiniteWidthClassificationModel classified =
          FiniteWidthClassificationModel.load(model("classified").toString());
      assertThat(classified.content().classNames()).containsExactly("ash", "elm", "oak");
    }
  }

  /**
   * Scales that evidence has found for the features, the width it has chosen and draws made anew
   * are all in the model: spark.ml predicts the bits of the job.
   */
  @Test
  void sparkMlPredictsWhatTheFitPredicted() throws IOException {
    try (SparkSession spark = session()) {
      for (String of : List.of("drawn", "scaled", "scaled-drawn", "own")) {
        FiniteWidthRegressionModel loaded =
            FiniteWidthRegressionModel.load(model(of).toString()).setVarianceCol("variance");
        Map<String, List<Double>> expected = new TreeMap<>();
        for (String line : Results.lines(directory.resolve(of).resolve("predictions"))) {
          JsonNode row = Results.json(line);
          expected.put(
              row.get("id").asText(),
              List.of(row.get("mean").asDouble(), row.get("variance").asDouble()));
        }
        Map<String, List<Double>> found = new TreeMap<>();
        for (Row row : loaded.transform(assembled(spark, test)).collectAsList()) {
          found.put(row.getAs("name"), List.of(row.getAs("prediction"), row.getAs("variance")));
        }
        assertThat(found).as(of).isEqualTo(expected);
        JsonNode summary = Results.summary(directory.resolve(of));
        assertThat(loaded.getHiddenWidths()[0])
            .isEqualTo(summary.at("/network/hidden_widths/0").asInt());
        JsonNode scales = summary.at("/hyperparameters/evidence/input_scales");
        assertThat(scales).hasSize(of.startsWith("scaled") ? 3 : 0);
        if (of.equals("scaled-drawn")) {
          // Features are as they come, but for their scales: x divided by 1/√scale.
          for (int j = 0; j < 3; j++) {
            assertThat(loaded.content().preprocessing().features().parameters().get(1, j))
                .isCloseTo(1 / Math.sqrt(scales.get(j).asDouble()), withinPercentage(1e-9));
          }
        }
      }
    }
  }

  /** And the job predicts with what spark.ml has written. */
  @Test
  void predictLoadsWhatSparkMlWrote() throws IOException {
    Path saved = directory.resolve("saved");
    List<Double> expected;
    try (SparkSession spark = session()) {
      FiniteWidthRegressionModel model =
          new FiniteWidthRegressor()
              .setLabelCol("target")
              .setHiddenWidths(200)
              .setEngine("exact")
              .setNoiseVariance(0.05)
              .fit(assembled(spark, directory.resolve("train.csv")));
      model.save(saved.toString());
      expected =
          model.transform(assembled(spark, test)).select("prediction").collectAsList().stream()
              .map(row -> row.getDouble(0))
              .toList();
    }
    Path out = directory.resolve("from-spark-ml");
    succeeds("predict", path(saved), "output.path=" + out);
    List<Double> found = new ArrayList<>();
    for (String line : Results.lines(out.resolve("predictions"))) {
      found.add(Results.json(line).get("mean").asDouble());
    }
    assertThat(found).isEqualTo(expected);
  }

  private static Dataset<Row> assembled(SparkSession spark, Path csv) {
    return new VectorAssembler()
        .setInputCols(new String[] {"a", "b", "c"})
        .setOutputCol("features")
        .transform(
            spark.read().option("header", true).option("inferSchema", true).csv(csv.toString()));
  }
}
