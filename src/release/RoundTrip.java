import finitewidth.ml.FiniteWidthRegressor;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.RFormula;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A pipeline with the estimator is fitted, saved, loaded and has to predict the same bits: {@code
 * RoundTrip CSV DIRECTORY}. {@code versions.sh} runs it on the jars of any Spark.
 */
class RoundTrip {
  public static void main(String[] arguments) throws Exception {
    SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
    Dataset<Row>[] rows =
        spark
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(arguments[0])
            .randomSplit(new double[] {0.03, 0.97}, 7);
    FiniteWidthRegressor network =
        new FiniteWidthRegressor()
            .setHiddenWidths(128, 128)
            .setNoiseVariance(0.5)
            .setVarianceCol("variance");
    PipelineStage[] stages = {new RFormula().setFormula("target ~ ."), network};
    PipelineModel model = new Pipeline().setStages(stages).fit(rows[0]);
    model.write().overwrite().save(arguments[1]);
    Dataset<Row> tests = rows[1].limit(5);
    List<String> fitted = predictions(model, tests);
    List<String> loaded = predictions(PipelineModel.load(arguments[1]), tests);
    if (fitted.isEmpty() || !fitted.equals(loaded)) {
      throw new IllegalStateException("saved and loaded, it predicts other numbers");
    }
    System.out.println(
        "spark " + spark.version() + " estimator " + Integer.toHexString(fitted.hashCode()));
    spark.stop();
  }

  private static List<String> predictions(PipelineModel model, Dataset<Row> tests) {
    Row[] rows = (Row[]) model.transform(tests).select("prediction", "variance").collect();
    return Stream.of(rows).map(Row::toString).toList();
  }
}
