package finitewidth.ml;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimators that leave training rows where they are. */
class InducingEstimatorTest {
  private static SparkSession spark;
  private static Dataset<Row> rows;
  private static Dataset<Row> tests;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    spark = Frames.spark();
    rows = Frames.of(spark, 24, 1).cache();
    tests = Frames.of(spark, 7, 2).cache();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static List<Row> predicted(FiniteWidthRegressor network, Dataset<Row> training) {
    return network
        .setVarianceCol("variance")
        .setDeltaMeanCol("delta")
        .fit(training)
        .transform(tests)
        .select("prediction", "variance", "delta")
        .collectAsList();
  }

  /** Quadrature must err less: points stand in another order, and moments are not the same. */
  @Test
  void aPointForEveryRowIsTheFullComputation() {
    FiniteWidthRegressor network = Frames.regressor().setTolerance(1e-12);
    FiniteWidthRegressionModel full = network.fit(rows);
    List<Row> expected = predicted(network, rows);
    network.setInducingPoints(24);
    FiniteWidthRegressionModel induced = network.fit(rows);
    List<Row> found = predicted(network, rows);
    assertClose("log evidence", induced.logEvidence(), full.logEvidence(), 1e-8);
    assertClose("delta", induced.deltaLogEvidence(), full.deltaLogEvidence(), 1e-8);
    for (int column = 0; column < 3; column++) {
      assertClose("column " + column, numbers(found, column), numbers(expected, column), 1e-8);
    }
  }

  private static double[] numbers(List<Row> rows, int column) {
    return rows.stream().mapToDouble(row -> row.getDouble(column)).toArray();
  }

  /** Neither the order of the rows nor their partitions. */
  @Test
  void spreadingDoesNotChangeABit() {
    Dataset<Row> many = Frames.of(spark, 1500, 3).cache();
    FiniteWidthRegressor network = Frames.regressor().setInducingPoints(10);
    List<Row> expected = predicted(network, many);
    assertThat(predicted(network, many.repartition(5).orderBy(functions.desc("id"))))
        .isEqualTo(expected);
    assertThat(predicted(network, many.coalesce(1))).isEqualTo(expected);
    assertThat(
            predicted(Frames.regressor().setInducingPoints(10).setInducingMethod("greedy"), many))
        .isNotEqualTo(expected);
  }

  @Test
  void theSummaryTellsOfPoints() {
    Dataset<Row> many = Frames.of(spark, 400, 3);
    FiniteWidthRegressionModel model =
        Frames.regressor()
            .setInducingPoints(10)
            .setInducingSampleRows(50)
            .setInducingApproximation("fitc")
            .fit(many);
    assertThat(model.numTrainingRows()).isEqualTo(400);
    assertThat(model.numInducingPoints()).isEqualTo(10);
    FiniteWidthSummary summary = model.summary();
    assertThat(summary.trainingRows()).isEqualTo(400);
    FiniteWidthSummary.Inducing inducing = summary.inducing().orElseThrow();
    assertThat(inducing.points()).isEqualTo(10);
    assertThat(inducing.method()).isEqualTo("k-means");
    assertThat(inducing.approximation()).isEqualTo("fitc");
    assertThat(inducing.variationalBound()).isEqualTo(summary.logEvidence());
    FiniteWidthRegressionModel dtc =
        Frames.regressor().setInducingPoints(10).setInducingSampleRows(50).fit(many);
    assertThat(dtc.summary().inducing().orElseThrow().variationalBound())
        .isLessThan(dtc.logEvidence());
    assertThat(Frames.regressor().fit(rows).summary().inducing()).isEmpty();
  }

  @Test
  void inAPipelineSavedAndLoaded() throws IOException {
    Dataset<Row> many = Frames.of(spark, 600, 3);
    StandardScaler scaler = new StandardScaler().setInputCol("features").setOutputCol("scaled");
    FiniteWidthClassifier network =
        Frames.classifier()
            .setFeaturesCol("scaled")
            .setProbabilityCol("probability")
            .setInducingPoints(20);
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {scaler, network}).fit(many);
    List<Row> expected = model.transform(tests).collectAsList();
    String path = directory.resolve("pipeline").toString();
    model.save(path);
    PipelineModel loaded = PipelineModel.load(path);
    assertThat(loaded.transform(tests).collectAsList()).isEqualTo(expected);
    FiniteWidthClassificationModel stage = (FiniteWidthClassificationModel) loaded.stages()[1];
    assertThat(stage.numTrainingRows()).isEqualTo(600);
    assertThat(stage.numInducingPoints()).isEqualTo(20);
    assertThat(stage.getInducingPoints()).isEqualTo(20);
    long right = model.transform(many).where("prediction = kind").count();
    assertThat(right).isGreaterThan(450);
  }

  @Test
  void mistakesGetASentence() {
    assertThatThrownBy(() -> Frames.regressor().setInducingPoints(25).fit(rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("inducingPoints = 25, but there are only 24 rows");
    Dataset<Row> holes = rows.withColumn("label", functions.expr("if(id = 5, null, label)"));
    assertThatThrownBy(() -> Frames.regressor().setInducingPoints(5).fit(holes))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row 5 cannot be trained on: label is null");
    assertThat(
            Frames.regressor()
                .setInducingPoints(5)
                .setHandleInvalid("skip")
                .fit(holes)
                .numTrainingRows())
        .isEqualTo(23);
    Dataset<Row> odd = rows.withColumn("kind", functions.expr("if(id = 5, 0.5, kind)"));
    assertThatThrownBy(() -> Frames.classifier().setInducingPoints(5).fit(odd))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row 5 has the label 0.5");
    assertThatThrownBy(() -> Frames.regressor().setInducingPoints(5).fit(rows.limit(0)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no rows to train on");
    assertThatThrownBy(() -> Frames.regressor().setInducingPoints(5).setNoiseVariance(0).fit(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0");
    assertThatThrownBy(
            () -> Frames.regressor().setInducingPoints(5).setInducingSampleRows(4).fit(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inducingSampleRows = 4");
  }

  /** StringIndexer knows of a class that no row here has. */
  @Test
  void aClassWithoutRowsIsTold() {
    Dataset<Row> named =
        new StringIndexerModel(new String[] {"a", "b", "c"})
            .setInputCol("name")
            .setOutputCol("kind")
            .transform(
                rows.drop("kind").withColumn("name", functions.expr("if(id < 9, 'a', 'c')")));
    for (int points : new int[] {0, 5}) {
      FiniteWidthClassificationModel model =
          Frames.classifier().setInducingPoints(points).fit(named);
      assertThat(model.summary().warnings())
          .anyMatch(warning -> warning.startsWith("class 1 has no training row"));
      assertThat(model.content().outputs()).isEqualTo(3);
    }
  }
}
