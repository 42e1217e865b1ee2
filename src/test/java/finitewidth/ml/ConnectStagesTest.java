package finitewidth.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a server of Spark Connect asks of stages, without one; python/tests/test_connect.py has the
 * whole.
 */
class ConnectStagesTest {
  private static final int ROWS = 20;
  private static SparkSession spark;
  private static Dataset<Row> rows;
  private static FiniteWidthRegressionModel model;
  @TempDir private Path directory;

  @BeforeAll
  static void fit() {
    spark =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false").getOrCreate();
    List<Row> data = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      data.add(RowFactory.create(Vectors.dense(Math.sin(3 * i), Math.cos(i)), Math.sin(i)));
    }
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType);
    rows = spark.createDataFrame(data, schema);
    model = new FiniteWidthRegressor().setHiddenWidths(32).setNoiseVariance(0.1).fit(rows);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static List<Double> predictions(FiniteWidthRegressionModel some) {
    return some.transform(rows).select("prediction").collectAsList().stream()
        .map(row -> row.getDouble(0))
        .toList();
  }

  @Test
  void serversFindTheStages() {
    assertThat(classes(Estimator.class))
        .contains(FiniteWidthRegressor.class, FiniteWidthClassifier.class);
    assertThat(classes(Transformer.class))
        .contains(FiniteWidthRegressionModel.class, FiniteWidthClassificationModel.class);
  }

  private static Stream<Class<?>> classes(Class<?> stage) {
    return ServiceLoader.load(stage).stream().map(ServiceLoader.Provider::type);
  }

  @Test
  void aModelOfNothingSaysSo() {
    FiniteWidthRegressionModel none = new FiniteWidthRegressionModel();
    assertThat(none.estimatedSize()).isZero();
    assertThatThrownBy(() -> none.transform(rows))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this model was neither fitted nor loaded");
    assertThatThrownBy(new FiniteWidthClassificationModel()::logEvidence)
        .isInstanceOf(IllegalStateException.class);
  }

  /** What a model knows comes as tables, whatever rows are transformed. */
  @Test
  void aModelTellsWhatItKnows() {
    FiniteWidthRegressionModel asked = model.copy(new ParamMap());
    Dataset<Row> nothing = spark.range(0).toDF();
    List<Row> evidence =
        asked
            .copy(
                new ParamMap()
                    .put(asked.table(), "evidence")
                    .put(asked.widths(), new double[] {16}))
            .transform(nothing)
            .collectAsList();
    assertThat(evidence).hasSize(3);
    assertThat(evidence.get(0).getList(0)).containsExactly(Double.POSITIVE_INFINITY);
    assertThat(evidence.get(0).getDouble(1)).isEqualTo(model.logEvidence());
    assertThat(evidence.get(1).getList(0)).containsExactly(32.0);
    assertThat(evidence.get(1).getDouble(2)).isEqualTo(model.deltaLogEvidence());
    // First order is a straight line in 1/width.
    assertThat(evidence.get(2).getDouble(2))
        .isCloseTo(2 * model.deltaLogEvidence(), withinPercentage(1e-9));
    List<Row> facts = asked.setTable("diagnostics").transform(nothing).collectAsList();
    assertThat(facts).contains(RowFactory.create("numTrainingRows", "20", 20.0));
    assertThat(facts).contains(RowFactory.create("engine", "exact", null));
    assertThat(asked.setTable("chains").transform(nothing).count()).isZero();
    assertThat(asked.transformSchema(nothing.schema()).fieldNames()).contains("rHat");
    // The model that was copied predicts as before.
    assertThat(model.getTable()).isEqualTo("predictions");
    assertThat(predictions(model)).hasSize(ROWS);
  }

  /** Found by the service loader, in the room of the job. */
  @Test
  void aModelMakesItsPage() {
    FiniteWidthRegressionModel asked = model.copy(new ParamMap()).setTable("report");
    String page = asked.transform(rows).head().getString(0);
    assertThat(page).contains("<title>Fit of label", "RMSE", "Evidence by width");
    assertThat(page).contains("[32] (configured)</th>");
    assertThatThrownBy(() -> asked.transform(spark.range(1).toDF()))
        .hasMessageContaining("there is no column features");
    assertThatThrownBy(() -> asked.transform(rows.limit(0)))
        .hasMessage("a report needs rows to predict, and there are none");
  }

  /** Where paths are on another file system, models are put away on this machine all the same. */
  @Test
  void modelsArePutAwayLocally() throws Exception {
    Path place = directory.resolve("put away");
    spark.sparkContext().hadoopConfiguration().set("fs.defaultFS", "hdfs://nowhere:1");
    try {
      model.write().saveToLocal(place.toString());
      assertThat(Files.isDirectory(place)).isTrue();
      assertThat(predictions(FiniteWidthRegressionModel.read().loadFromLocal(place.toString())))
          .isEqualTo(predictions(model));
    } finally {
      spark.sparkContext().hadoopConfiguration().unset("fs.defaultFS");
    }
  }

  /** Kernel, factor and inverse at least, and no more than a few matrices of the rows. */
  @Test
  void sizesAreThoseOfTheNumbers() {
    assertThat(model.estimatedSize())
        .isBetween(8L * 2 * ROWS * ROWS, 8L * 12 * ROWS * ROWS + 8L * ROWS * 100);
  }
}
