package finitewidth.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What spark.ml offers for a table: ridge regression, gradient-boosted trees and random forests on
 * the rows that a fit has trained on, scored on the rows that it has predicted. Prints lines of a
 * Markdown table.
 *
 * <p>The density of a regression is a normal one about the prediction, as wide as the errors on a
 * tenth of the training rows that were held back from a first fit.
 */
final class ManyRowsBaselines {
  private static final double HELD_BACK = 0.1;
  private static final long SEED = 7;

  private ManyRowsBaselines() {}

  /** Arguments: csv, its last column (target or label), predictions of a fit (csv or parquet). */
  public static void main(String[] arguments) throws IOException {
    String last = arguments[1];
    try (SparkSession spark =
        SparkSession.builder()
            .config("spark.ui.enabled", "false")
            .config("spark.master", System.getProperty("spark.master", "local[2]"))
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate()) {
      Dataset<Row> table =
          spark
              .read()
              .option("header", "true")
              .option("inferSchema", "true")
              .csv(arguments[0])
              .coalesce(1)
              .withColumn("id", functions.monotonically_increasing_id());
      Dataset<Row> predictions = spark.read().parquet(arguments[2]).select("id");
      String[] features =
          List.of(table.columns()).stream()
              .filter(name -> !name.equals("id") && !name.equals(last))
              .toArray(String[]::new);
      Dataset<Row> all =
          new VectorAssembler()
              .setInputCols(features)
              .setOutputCol("raw")
              .transform(table.withColumn("label", functions.col(last).cast("double")))
              .select("id", "raw", "label");
      Dataset<Row> train =
          all.join(predictions, all.col("id").equalTo(predictions.col("id")), "left_anti")
              .repartition(4)
              .cache();
      Dataset<Row> test =
          all.join(predictions, all.col("id").equalTo(predictions.col("id")), "left_semi").cache();
      Transformer scaler =
          new StandardScaler()
              .setInputCol("raw")
              .setOutputCol("features")
              .setWithMean(true)
              .fit(train);
      train = scaler.transform(train).cache();
      test = scaler.transform(test).cache();
      System.out.println(
          "| " + train.count() + " training rows, " + test.count() + " test rows | | | |");
      if (last.equals("label")) {
        LogisticRegression logistic = new LogisticRegression().setMaxIter(200);
        classifier(
            "logistic regression", tuned(logistic, ridge(logistic), accuracy()), train, test);
        classifier(
            "random forest, 100 trees of depth 15",
            new RandomForestClassifier().setNumTrees(100).setMaxDepth(15).setSeed(SEED),
            train,
            test);
      } else {
        LinearRegression linear = new LinearRegression().setElasticNetParam(0);
        ParamMap[] grid =
            new ParamGridBuilder()
                .addGrid(linear.regParam(), new double[] {0, 1e-4, 1e-3, 1e-2, 1e-1})
                .build();
        regressor("ridge regression", tuned(linear, grid, rmse()), train, test);
        regressor(
            "gradient-boosted trees, 100 of depth 6",
            new GBTRegressor().setMaxIter(100).setMaxDepth(6).setStepSize(0.1).setSeed(SEED),
            train,
            test);
      }
    }
  }

  private static ParamMap[] ridge(LogisticRegression logistic) {
    return new ParamGridBuilder()
        .addGrid(logistic.regParam(), new double[] {1e-4, 1e-3, 1e-2})
        .build();
  }

  private static Evaluator rmse() {
    return new RegressionEvaluator();
  }

  private static Evaluator accuracy() {
    return new MulticlassClassificationEvaluator().setMetricName("accuracy");
  }

  private static TrainValidationSplit tuned(
      Estimator<?> estimator, ParamMap[] grid, Evaluator evaluator) {
    return new TrainValidationSplit()
        .setEstimator(estimator)
        .setEstimatorParamMaps(grid)
        .setEvaluator(evaluator)
        .setTrainRatio(1 - HELD_BACK)
        .setSeed(SEED);
  }

  private static <M extends Model<M>> void regressor(
      String name, Estimator<M> estimator, Dataset<Row> train, Dataset<Row> test) {
    Dataset<Row>[] parts = train.randomSplit(new double[] {1 - HELD_BACK, HELD_BACK}, SEED);
    double held = rmse().evaluate(estimator.fit(parts[0]).transform(parts[1]));
    long start = System.nanoTime();
    M model = estimator.fit(train);
    double seconds = (System.nanoTime() - start) * 1e-9;
    double error = rmse().evaluate(model.transform(test));
    double nlpd = 0.5 * Math.log(2 * Math.PI * held * held) + 0.5 * error * error / (held * held);
    System.out.printf(Locale.ROOT, "| %s | %.4f | %.4f | %.1f |%n", name, error, nlpd, seconds);
  }

  private static <M extends Model<M>> void classifier(
      String name, Estimator<M> estimator, Dataset<Row> train, Dataset<Row> test) {
    long start = System.nanoTime();
    M model = estimator.fit(train);
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf(
        Locale.ROOT,
        "| %s | %.4f | | %.1f |%n",
        name,
        accuracy().evaluate(model.transform(test)),
        seconds);
  }
}
