package finitewidth.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of rows get the bits of batches, also when a query starts again. */
class StreamingTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("a", DataTypes.DoubleType)
          .add("b", DataTypes.DoubleType)
          .add("label", DataTypes.DoubleType);
  private static SparkSession spark;
  private static PipelineModel model;

  /** Predictions of each micro-batch; the sink runs in this JVM. */
  private static final List<List<Row>> BATCHES = new ArrayList<>();

  @TempDir private Path directory;

  @BeforeAll
  static void fit() {
    spark =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false").getOrCreate();
    PipelineStage[] stages = {
      new VectorAssembler().setInputCols(new String[] {"a", "b"}).setOutputCol("features"),
      new FiniteWidthRegressor()
          .setHiddenWidths(32)
          .setNoiseVariance(0.1)
          .setVarianceCol("variance")
    };
    model = new Pipeline().setStages(stages).fit(rows(0, 20));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Row> rows(int from, int to) {
    List<Row> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      rows.add(RowFactory.create(i, Math.sin(3 * i), Math.cos(i), Math.sin(i)));
    }
    return spark.createDataFrame(rows, SCHEMA).coalesce(1);
  }

  private static List<Row> predicted(PipelineModel by, Dataset<Row> rows) {
    return chosen(by.transform(rows)).orderBy("id").collectAsList();
  }

  private static Dataset<Row> chosen(Dataset<Row> predicted) {
    return predicted.select("id", "prediction", "variance");
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  /** Takes what there is and ends. */
  private void run(PipelineModel by) throws TimeoutException, StreamingQueryException {
    VoidFunction2<Dataset<Row>, Long> sink =
        (batch, number) -> BATCHES.add(batch.orderBy("id").collectAsList());
    chosen(by.transform(spark.readStream().schema(SCHEMA).parquet(path("rows"))))
        .writeStream()
        .option("checkpointLocation", path("checkpoint"))
        .trigger(Trigger.AvailableNow())
        .foreachBatch(sink)
        .start()
        .awaitTermination();
  }

  private void arrive(Dataset<Row> rows) {
    rows.write().mode(SaveMode.Append).parquet(path("rows"));
  }

  @Test
  void aStreamIsPredictedAndStartsAgainWhereItWas() throws Exception {
    BATCHES.clear();
    arrive(rows(20, 27));
    run(model);
    assertThat(BATCHES).containsExactly(predicted(model, rows(20, 27)));
    // Another process would load the model, and start from the checkpoint.
    model.write().save(path("model"));
    PipelineModel loaded = PipelineModel.load(path("model"));
    arrive(rows(27, 32));
    run(loaded);
    run(loaded);
    assertThat(BATCHES)
        .containsExactly(predicted(model, rows(20, 27)), predicted(model, rows(27, 32)));
  }
}
