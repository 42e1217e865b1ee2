package finitewidth.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.inference.Order;
import finitewidth.job.config.Quantiles;
import finitewidth.job.config.Verb;
import finitewidth.job.console.Console;
import finitewidth.job.run.Sessions;
import finitewidth.job.score.QuantileColumns;
import finitewidth.linalg.Matrix;
import finitewidth.ml.FiniteWidthClassifier;
import finitewidth.ml.FiniteWidthRegressionModel;
import finitewidth.ml.FiniteWidthRegressor;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quantiles of the models of spark.ml, against those of the job. */
class ModelQuantilesTest {
  private static final double[] PROBABILITIES = {0.05, 0.5, 0.9};
  private static final Map<String, String> SPARK =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "2");

  @TempDir private static Path directory;
  private static SparkSession spark;
  private static FiniteWidthRegressionModel model;
  private static Dataset<Row> train;
  private static Dataset<Row> test;

  @BeforeAll
  static void fit() throws IOException {
    SPARK.forEach(System::setProperty);
    Path config =
        Files.writeString(
            directory.resolve("job.conf"),
            """
            data { train = "%s", test = "%s", id = name, target = target }
            network { activation = relu, hidden-widths = [30, 40], bias-variance = 0.1, weight-variance = 2.0 }
            noise-variance = 0.05
            contraction.engine = exact
            predict.quantiles = [0.05, 0.5, 0.9]
            output { path = "%s", format = json }
            """
                .formatted(
                    csv("train.csv", 20, 1), csv("test.csv", 12, 2), directory.resolve("out")));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream told = new PrintStream(err, true, StandardCharsets.UTF_8);
    int code = Main.run(new Console(told, told), "fit", "--config", config.toString());
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    spark = Sessions.start(Verb.PREDICT, new Console(System.err, System.out)).spark();
    train = rows("train.csv");
    test = rows("test.csv").cache();
    model =
        FiniteWidthRegressionModel.load(directory.resolve("out/model").toString())
            .setQuantileProbabilities(PROBABILITIES)
            .setQuantilesCol("quantiles")
            .setDensityPositiveCol("positive");
  }

  @AfterAll
  static void stop() {
    spark.stop();
    SPARK.keySet().forEach(System::clearProperty);
  }

  private static Path csv(String name, int rows, long seed) throws IOException {
    Matrix x = Problems.gaussian(rows, 3, seed);
    StringBuilder text = new StringBuilder("name,a,b,c,target\n");
    for (int i = 0; i < rows; i++) {
      double target = 20 + 4 * Math.sin(x.get(i, 0)) + x.get(i, 1);
      text.append("r%d,%s,%s,%s,%s\n".formatted(i, x.get(i, 0), x.get(i, 1), x.get(i, 2), target));
    }
    return Files.writeString(directory.resolve(name), text.toString());
  }

  private static Dataset<Row> rows(String name) {
    Dataset<Row> rows =
        spark
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(directory.resolve(name).toString());
    return assembled(assembled(rows, "features", "a", "b", "c"), "both", "target", "a");
  }

  private static Dataset<Row> assembled(Dataset<Row> rows, String name, String... columns) {
    return new VectorAssembler().setInputCols(columns).setOutputCol(name).transform(rows);
  }

  private static FiniteWidthRegressor regressor() {
    return new FiniteWidthRegressor()
        .setLabelCol("target")
        .setHiddenWidths(30, 40)
        .setNoiseVariance(0.05)
        .setQuantileProbabilities(PROBABILITIES)
        .setQuantilesCol("quantiles");
  }

  /** To the last bit; at these widths some densities are negative and some are not. */
  @Test
  void thoseOfTheJob() throws IOException {
    Map<String, JsonNode> expected = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve("out/predictions"))) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("part")).toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode row = new ObjectMapper().readTree(line);
          expected.put(row.get("id").asText(), row);
        }
      }
    }
    List<Row> rows = model.transform(test).collectAsList();
    assertThat(rows).hasSize(12);
    for (Row row : rows) {
      JsonNode job = expected.get(row.<String>getAs("name"));
      double[] quantiles = row.<Vector>getAs("quantiles").toArray();
      for (int k = 0; k < PROBABILITIES.length; k++) {
        assertThat(quantiles[k]).isEqualTo(job.get("quantile_" + PROBABILITIES[k]).doubleValue());
      }
      assertThat(row.<Boolean>getAs("positive"))
          .isEqualTo(job.get("density_positive").booleanValue());
    }
  }

  @Test
  void savedAndLoaded() {
    String path = directory.resolve("saved").toString();
    assertThat(Arrays.stream(model.transform(test).columns()).toList())
        .endsWith("prediction", "quantiles", "positive");
    try {
      model.write().overwrite().save(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    FiniteWidthRegressionModel loaded = FiniteWidthRegressionModel.load(path);
    assertThat(loaded.getQuantileProbabilities()).containsExactly(PROBABILITIES);
    assertThat(loaded.getQuantilesCol()).isEqualTo("quantiles");
    assertThat(loaded.transform(test).collectAsList())
        .isEqualTo(model.transform(test).collectAsList());
  }

  @Test
  void withoutCorrectionTheyAreTheGaussians() {
    FiniteWidthRegressionModel plain =
        model.copy(new ParamMap()).setOrder(0).setVarianceCol("variance");
    for (Row row : plain.transform(test).collectAsList()) {
      double mean = row.<Double>getAs("prediction");
      double deviation = Math.sqrt(row.<Double>getAs("variance"));
      Vector quantiles = row.getAs("quantiles");
      assertThat(quantiles.apply(1)).isCloseTo(mean, within(1e-12));
      // Φ⁻¹(0.05) and Φ⁻¹(0.9), from tables.
      assertThat(quantiles.apply(0)).isCloseTo(mean - 1.6448536269514722 * deviation, within(1e-9));
      assertThat(quantiles.apply(2)).isCloseTo(mean + 1.2815515655446004 * deviation, within(1e-9));
      assertThat(row.<Object>getAs("positive")).isNull();
    }
  }

  /** A vector for an output, each as the job's columns have it. */
  @Test
  void severalOutputs() {
    FiniteWidthRegressionModel both =
        regressor().setLabelCol("both").setDensityPositiveCol("positive").fit(train);
    assertThat(both.summary().engine().name()).isEqualTo("exact");
    StructType schema = both.transformSchema(test.schema());
    assertThat(schema.apply("quantiles").dataType())
        .isEqualTo(DataTypes.createArrayType(SQLDataTypes.VectorType(), false));
    QuantileColumns job =
        new QuantileColumns(
            new Quantiles(List.of(0.05, 0.5, 0.9), Quantiles.Of.LATENT),
            both.content().widths(),
            both.content().preprocessing().targets(),
            0.05);
    for (Row row : both.transform(test).collectAsList()) {
      double[] x = row.<Vector>getAs("features").toArray();
      Prediction prediction =
          both.content()
              .posterior()
              .predictor(Order.CUMULANTS)
              .predict(new double[][] {both.content().preprocessing().features().forward(x)})
              .get(0);
      List<Object> cells =
          job.cells(prediction, f -> IntStream.range(0, 2).mapToDouble(f::applyAsDouble).toArray());
      List<Vector> quantiles = row.getList(row.fieldIndex("quantiles"));
      for (int k = 0; k < PROBABILITIES.length; k++) {
        assertThat(new double[] {quantiles.get(0).apply(k), quantiles.get(1).apply(k)})
            .isEqualTo(cells.get(2 + k));
      }
      assertThat(row.<Object>getAs("positive")).isEqualTo(cells.get(2 + PROBABILITIES.length));
    }
  }

  @Test
  void refusals() {
    StructType schema = train.schema();
    refused(
        () -> regressor().setQuantileProbabilities().transformSchema(schema),
        "quantileProbabilities is empty");
    refused(
        () -> regressor().setQuantities("mean").fit(train),
        "quantilesCol needs variances; set quantities = all");
    refused(() -> regressor().setQuantilesCol("a").fit(train), "output column a exists already");
    refused(() -> regressor().setQuantileProbabilities(0.5, 0.5), "quantileProbabilities");
    refused(() -> regressor().setQuantileProbabilities(1), "quantileProbabilities");
    FiniteWidthRegressor mean = regressor().setQuantilesCol("").setQuantities("mean");
    FiniteWidthRegressionModel without = mean.fit(train).setDensityPositiveCol("positive");
    refused(() -> without.transform(test), "densityPositiveCol needs variances, which this model");
    assertThat(new FiniteWidthClassifier().explainParams()).doesNotContain("quantile");
  }

  /**
   * Of an activation that only draws know; and of one that both engines know, where a cumulant's
   * error moves a quantile by far less than the tolerance.
   */
  @Test
  void sampledModels() {
    FiniteWidthRegressor sampled =
        regressor().setTolerance(0.05).setMaxDraws(40_000).setHiddenWidths(200, 200);
    FiniteWidthRegressionModel tanh =
        sampled.copy(ParamMap.empty()).setActivation("tanh").fit(train);
    for (Row row : tanh.transform(test).select("quantiles").collectAsList()) {
      double[] quantiles = row.<Vector>getAs(0).toArray();
      assertThat(quantiles).isSorted();
    }
    List<Row> drawn = quantiles(sampled.copy(ParamMap.empty()).setEngine("sampled"));
    List<Row> exact = quantiles(sampled.copy(ParamMap.empty()).setEngine("exact"));
    for (int x = 0; x < exact.size(); x++) {
      double[] expected = exact.get(x).<Vector>getAs(0).toArray();
      double[] found = drawn.get(x).<Vector>getAs(0).toArray();
      double spread = expected[expected.length - 1] - expected[0];
      for (int k = 0; k < expected.length; k++) {
        assertThat(found[k]).isCloseTo(expected[k], within(0.1 * spread));
      }
      assertThat(found).isNotEqualTo(expected);
    }
  }

  private static List<Row> quantiles(FiniteWidthRegressor regressor) {
    return regressor.fit(train).transform(test).select("quantiles").collectAsList();
  }

  private static void refused(Runnable action, String sentence) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }
}
