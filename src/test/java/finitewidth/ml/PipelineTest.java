package finitewidth.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.model.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** Estimators and models among the other parts of spark.ml, in memory and on disk. */
class PipelineTest {
  private static SparkSession spark;
  private static Dataset<Row> train;
  private static Dataset<Row> test;
  @TempDir private static Path directory;

  @BeforeAll
  static void start() {
    spark = Frames.spark();
    train = Frames.of(spark, 24, 1).cache();
    test = Frames.of(spark, 12, 2).cache();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static String path(String name) {
    return directory.resolve(name).toString();
  }

  private static List<Row> rows(Dataset<Row> table) {
    return table.sort("id").collectAsList();
  }

  private static Pipeline pipeline() {
    StandardScaler scaler =
        new StandardScaler().setInputCol("features").setOutputCol("scaled").setWithMean(true);
    StringIndexer indexer =
        new StringIndexer().setInputCol("name").setOutputCol("index").setHandleInvalid("keep");
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              scaler,
              indexer,
              Frames.regressor()
                  .setFeaturesCol("scaled")
                  .setFeatureScaling("none")
                  .setVarianceCol("variance"),
              Frames.classifier()
                  .setFeaturesCol("scaled")
                  .setLabelCol("index")
                  .setPredictionCol("class")
                  .setProbabilityCol("probability")
            });
  }

  private static Dataset<Row> named(Dataset<Row> rows) {
    return rows.withColumn("name", functions.expr("concat('class ', kind)"));
  }

  @Test
  void aPipelineIsSavedAndLoaded() throws IOException {
    PipelineModel fitted = pipeline().fit(named(train));
    List<Row> expected = rows(fitted.transform(named(test)));
    fitted.save(path("pipeline"));
    assertThat(rows(PipelineModel.load(path("pipeline")).transform(named(test))))
        .isEqualTo(expected);
    pipeline().save(path("unfitted"));
    PipelineModel again = Pipeline.load(path("unfitted")).fit(named(train));
    assertThat(rows(again.transform(named(test)))).isEqualTo(expected);
  }

  @Test
  void modelsAreSavedAndLoaded() throws IOException {
    FiniteWidthRegressionModel model =
        Frames.regressor().setLabelCol("both").setVarianceCol("variance").fit(train);
    model.save(path("model"));
    FiniteWidthRegressionModel loaded = FiniteWidthRegressionModel.load(path("model"));
    assertThat(rows(loaded.transform(test))).isEqualTo(rows(model.transform(test)));
    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(explained(loaded)).isEqualTo(explained(model));
    assertThat(loaded.getHiddenWidths()).isEqualTo(model.getHiddenWidths());
    assertThat(loaded.deltaLogEvidence()).isEqualTo(model.deltaLogEvidence());
    assertThat(loaded.hasSummary()).isFalse();
    assertThatThrownBy(loaded::summary).hasMessageContaining("no training summary");
    assertThatThrownBy(() -> model.save(path("model"))).isInstanceOf(IOException.class);
    model.setOrder(0).write().overwrite().save(path("model"));
    assertThat(FiniteWidthRegressionModel.load(path("model")).getOrder()).isZero();
    assertThatThrownBy(() -> FiniteWidthClassificationModel.load(path("model")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not a FiniteWidthClassificationModel");
  }

  /** Without the addresses that Spark prints of arrays. */
  private static String explained(FiniteWidthRegressionModel model) {
    return model.explainParams().replaceAll("@[0-9a-f]+", "@");
  }

  /** No file has the bytes with which a stream of Java's objects begins, anywhere. */
  @Test
  void nothingIsSerialised() throws IOException {
    FiniteWidthClassificationModel model = Frames.classifier().fit(train);
    model.save(path("files/model"));
    new Pipeline()
        .setStages(new PipelineStage[] {new StandardScaler().setInputCol("features"), model})
        .fit(train)
        .save(path("files/pipeline"));
    ByteArrayOutputStream serialised = new ByteArrayOutputStream();
    new ObjectOutputStream(serialised).writeObject("anything");
    Files.write(directory.resolve("object"), serialised.toByteArray());
    assertThat(isSerialised(directory.resolve("object"))).isTrue();
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory.resolve("files"))) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files.stream().filter(file -> file.toString().endsWith(".parquet"))).hasSize(3);
    for (Path file : files) {
      assertThat(isSerialised(file)).as(file.toString()).isFalse();
    }
  }

  private static boolean isSerialised(Path file) throws IOException {
    byte[] magic = ByteBuffer.allocate(4).putInt(0xACED0005).array();
    return Files.readString(file, StandardCharsets.ISO_8859_1)
        .contains(new String(magic, StandardCharsets.ISO_8859_1));
  }

  @Test
  void sampledModelsToo() throws IOException {
    FiniteWidthRegressionModel model =
        Frames.regressor()
            .setEngine("sampled")
            .setTolerance(0.01)
            .setMaxDraws(40_000)
            .setStandardErrorCol("error")
            .fit(train);
    assertThat(model.summary().engine().name()).isEqualTo("sampled");
    assertThat(model.summary().engine().drawsByLayer()).allMatch(draws -> draws >= 32_000);
    List<Row> expected = rows(model.transform(test));
    assertThat(expected).allMatch(row -> row.<Double>getAs("error") > 0);
    model.save(path("sampled"));
    FiniteWidthRegressionModel loaded = FiniteWidthRegressionModel.load(path("sampled"));
    assertThat(rows(loaded.transform(test.repartition(5)))).isEqualTo(expected);
    FiniteWidthRegressionModel exact = Frames.regressor().fit(train);
    List<Row> truth = rows(exact.transform(test));
    for (int i = 0; i < truth.size(); i++) {
      double off =
          expected.get(i).<Double>getAs("prediction") - truth.get(i).<Double>getAs("prediction");
      assertThat(Math.abs(off)).isLessThan(5 * expected.get(i).<Double>getAs("error"));
    }
  }

  @Test
  void estimatorsAreSavedAndCopied() throws IOException {
    FiniteWidthRegressor one = Frames.regressor().setWeightVariance(1, 2, 3).setSeed(11);
    one.save(path("estimator"));
    FiniteWidthRegressor loaded = FiniteWidthRegressor.load(path("estimator"));
    assertThat(loaded.uid()).isEqualTo(one.uid());
    assertThat(loaded.getWeightVariance()).containsExactly(1, 2, 3);
    assertThat(loaded.getSeed()).isEqualTo(11);
    FiniteWidthRegressor copy = one.copy(new ParamMap().put(one.noiseVariance(), 0.7));
    assertThat(copy.getNoiseVariance()).isEqualTo(0.7);
    assertThat(copy.getSeed()).isEqualTo(11);
    assertThat(one.getNoiseVariance()).isEqualTo(0.05);
  }

  @Test
  void crossValidation() throws IOException {
    FiniteWidthRegressor regressor = Frames.regressor().setHiddenWidths(300);
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(regressor.noiseVariance(), new double[] {0.05, 50}).build();
    CrossValidatorModel chosen =
        new CrossValidator()
            .setEstimator(regressor)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new RegressionEvaluator())
            .setNumFolds(2)
            .setSeed(1)
            .fit(train);
    FiniteWidthRegressionModel best = (FiniteWidthRegressionModel) chosen.bestModel();
    assertThat(best.getNoiseVariance()).isEqualTo(0.05);
    chosen.save(path("cross"));
    assertThat(rows(CrossValidatorModel.load(path("cross")).transform(test)))
        .isEqualTo(rows(chosen.transform(test)));
  }

  @Test
  void trainValidationSplit() {
    Dataset<Row> binary = train.withColumn("side", functions.expr("double(label > 0)"));
    FiniteWidthClassifier classifier = Frames.classifier().setLabelCol("side");
    TrainValidationSplitModel chosen =
        new TrainValidationSplit()
            .setEstimator(classifier)
            .setEstimatorParamMaps(
                new ParamGridBuilder()
                    .addGrid(
                        classifier.activation(),
                        CollectionConverters.asScala(List.of("erf", "linear")))
                    .build())
            .setEvaluator(new BinaryClassificationEvaluator().setLabelCol("side"))
            .setTrainRatio(0.6)
            .setSeed(2)
            .fit(binary);
    assertThat(Arrays.stream(chosen.validationMetrics()).boxed()).hasSize(2).allMatch(a -> a > 0.5);
    assertThat(
            new MulticlassClassificationEvaluator()
                .setLabelCol("side")
                .evaluate(chosen.transform(binary)))
        .isGreaterThan(0.8);
  }
}
