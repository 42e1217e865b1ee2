package finitewidth.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features that are constant over the rows of a fit. */
class ConstantFeaturesTest {
  private static SparkSession spark;
  private static Dataset<Row> rows;
  @TempDir private static Path directory;

  @BeforeAll
  static void start() {
    spark = Frames.spark();
    Dataset<Row> frame = Frames.of(spark, 24, 1);
    rows =
        frame
            .withColumn("x", functions.vector_to_array(frame.col("features"), "float64"))
            .selectExpr("x[0] x0", "x[1] x1", "label", "id", "double(if(id = 5, 2, id % 2)) cat")
            .cache();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static VectorAssembler assembler(String... columns) {
    return new VectorAssembler().setInputCols(columns).setOutputCol("features");
  }

  /** One row is of a category of its own, so that one fold is trained on a column of zeros. */
  @Test
  void foldsWithoutACategory() {
    OneHotEncoder encoder =
        new OneHotEncoder().setInputCol("cat").setOutputCol("hot").setDropLast(false);
    Dataset<Row> encoded = assembler("x0", "hot").transform(encoder.fit(rows).transform(rows));
    double[] errors =
        new CrossValidator()
            .setEstimator(Frames.regressor())
            .setEvaluator(new RegressionEvaluator())
            .setEstimatorParamMaps(new ParamMap[] {new ParamMap()})
            .setNumFolds(2)
            .setSeed(3)
            .fit(encoded)
            .avgMetrics();
    assertThat(errors[0]).isFinite().isPositive();
  }

  /** Vectors keep their length, and what was constant changes nothing, now or later. */
  @Test
  void constantsAreIgnored() throws IOException {
    Dataset<Row> wide = rows.selectExpr("*", "0.1 k", "if(id % 2 = 0, 0.3, 0.1D + 0.2D) s");
    Dataset<Row> moved = rows.selectExpr("*", "double(id) k", "-7D s");
    for (int points : new int[] {0, 8}) {
      PipelineModel plain = fit(rows, points, "x0", "x1");
      PipelineModel model = fit(wide, points, "k", "x0", "s", "x1");
      FiniteWidthRegressionModel fitted = (FiniteWidthRegressionModel) model.stages()[1];
      assertThat(fitted.summary().warnings())
          .anyMatch(
              w ->
                  w.equals(
                      "feature columns k, s are constant over the 24 training rows and left out"));
      assertThat(fitted.numFeatures()).isEqualTo(4);
      List<Object> expected = predictions(plain.transform(rows));
      assertThat(predictions(model.transform(wide))).isEqualTo(expected);
      assertThat(predictions(model.transform(moved))).isEqualTo(expected);
      String path = directory.resolve("model" + points).toString();
      model.write().overwrite().save(path);
      assertThat(predictions(PipelineModel.load(path).transform(moved))).isEqualTo(expected);
    }
  }

  private static PipelineModel fit(Dataset<Row> training, int points, String... features) {
    FiniteWidthRegressor regressor = Frames.regressor().setInducingPoints(points);
    return new Pipeline()
        .setStages(new PipelineStage[] {assembler(features), regressor})
        .fit(training);
  }

  private static List<Object> predictions(Dataset<Row> table) {
    return table.sort("id").select("prediction").collectAsList().stream()
        .map(row -> row.get(0))
        .toList();
  }
}
