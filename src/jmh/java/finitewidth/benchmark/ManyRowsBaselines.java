package finitewidth.benchmark;

import finitewidth.evidence.EvidenceFit;
import finitewidth.evidence.EvidenceSettings;
import finitewidth.evidence.Hyperparameters;
import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelRow;
import finitewidth.prior.SampleFlow;
import java.io.IOException;
import java.util.Arrays;
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
import org.apache.spark.ml.linalg.Vector;
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
 * What else there is for a table, trained on the rows that a fit has trained on and scored on the
 * rows that it has predicted: the exact NNGP on some of the rows, and ridge regression,
 * gradient-boosted trees and random forests of spark.ml on all. Prints lines of a Markdown table.
 *
 * <p>The density of a regression is a normal one about the prediction, as wide as the errors on a
 * tenth of the training rows that were held back from a first fit.
 */
final class ManyRowsBaselines {
  private static final double HELD_BACK = 0.1;
  private static final long SEED = 7;
  private static final int EXACT_ROWS = 2000;

  private ManyRowsBaselines() {}

  /**
   * Arguments: csv, its last column (target or label), and what to test on: the predictions of a
   * fit (parquet) to the csv's other rows, or another csv.
   */
  public static void main(String[] arguments) throws IOException {
    String last = arguments[1];
    try (SparkSession spark =
        SparkSession.builder()
            .config("spark.ui.enabled", "false")
            .config("spark.master", System.getProperty("spark.master", "local[2]"))
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate()) {
      Dataset<Row> all = read(spark, arguments[0], last);
      Dataset<Row> train = all;
      Dataset<Row> test;
      if (arguments[2].endsWith(".csv.gz")) {
        test = read(spark, arguments[2], last).cache();
      } else {
        Dataset<Row> predictions = spark.read().parquet(arguments[2]).select("id");
        train = all.join(predictions, all.col("id").equalTo(predictions.col("id")), "left_anti");
        test =
            all.join(predictions, all.col("id").equalTo(predictions.col("id")), "left_semi")
                .cache();
      }
      train = train.repartition(4).cache();
      Transformer scaler =
          new StandardScaler()
              .setInputCol("raw")
              .setOutputCol("features")
              .setWithMean(true)
              .fit(train);
      train = scaler.transform(train).cache();
      test = scaler.transform(test).cache();
      exact(train, test, last.equals("label"));
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

  private static Dataset<Row> read(SparkSession spark, String file, String last) {
    Dataset<Row> table =
        spark
            .read()
            .option("header", "true")
            .option("inferSchema", "true")
            .csv(file)
            .coalesce(1)
            .withColumn("id", functions.monotonically_increasing_id());
    String[] features =
        Arrays.stream(table.columns())
            .filter(name -> !name.equals("id") && !name.equals(last))
            .toArray(String[]::new);
    return new VectorAssembler()
        .setInputCols(features)
        .setOutputCol("raw")
        .transform(table.withColumn("label", functions.col(last).cast("double")))
        .select("id", "raw", "label");
  }

  /** The NNGP of two hidden ReLU layers on a random 2000 rows, hyperparameters by evidence. */
  private static void exact(Dataset<Row> train, Dataset<Row> test, boolean classes) {
    List<Row> some =
        train
            .select(classes ? "raw" : "features", "label", "id")
            .orderBy(functions.hash(functions.col("id"), functions.lit(SEED)), functions.col("id"))
            .takeAsList(EXACT_ROWS);
    List<Row> others = test.select(classes ? "raw" : "features", "label", "id").collectAsList();
    Matrix inputs = inputs(some, classes);
    Matrix targets = targets(some, some, classes);
    long start = System.nanoTime();
    Hyperparameters hyperparameters =
        EvidenceFit.of(
                new Hyperparameters(
                    Architecture.uniform(Activations.byName("relu").orElseThrow(), 2, 0.1, 2),
                    0.1,
                    new double[0]),
                inputs,
                targets,
                new EvidenceSettings(EvidenceSettings.NOISE_FLOOR, false, 1, SEED))
            .hyperparameters();
    Architecture network = hyperparameters.network();
    NngpPosterior nngp =
        NngpPosterior.of(
            SampleFlow.of(network, inputs).kernel(2), targets, hyperparameters.noiseVariance());
    double seconds = (System.nanoTime() - start) * 1e-9;
    Matrix tests = inputs(others, classes);
    Matrix truths = targets(others, some, classes);
    KernelRow kernels = KernelRow.of(network, inputs);
    double[] k = new double[inputs.rows()];
    double squares = 0;
    double nlpd = 0;
    int right = 0;
    for (int x = 0; x < tests.rows(); x++) {
      double prior0 = kernels.follow(tests.row(x), k, 0);
      double[] mean = Products.times(k, nngp.phi());
      double[] half = nngp.cholesky().solveLower(k);
      double variance =
          prior0 - Products.dot(half, 0, half, 0, half.length) + hyperparameters.noiseVariance();
      right += largest(mean) == largest(truths.row(x)) ? 1 : 0;
      for (int i = 0; i < mean.length; i++) {
        double error = mean[i] - truths.get(x, i);
        squares += error * error;
        nlpd += 0.5 * Math.log(2 * Math.PI * variance) + 0.5 * error * error / variance;
      }
    }
    int n = tests.rows();
    System.out.printf(
        Locale.ROOT,
        "| exact NNGP on %d rows, by evidence | %.4f | %.4f | %.1f |%n",
        EXACT_ROWS,
        classes ? (double) right / n : Math.sqrt(squares / n),
        nlpd / n,
        seconds);
  }

  private static int largest(double[] numbers) {
    int largest = 0;
    for (int i = 1; i < numbers.length; i++) {
      largest = numbers[i] > numbers[largest] ? i : largest;
    }
    return largest;
  }

  /** Standardised columns, or pixels on the unit sphere (of radius √n_0). */
  private static Matrix inputs(List<Row> rows, boolean sphere) {
    double[][] inputs =
        rows.stream().map(row -> ((Vector) row.get(0)).toArray().clone()).toArray(double[][]::new);
    if (sphere) {
      for (double[] x : inputs) {
        double norm = Math.sqrt(Products.dot(x, 0, x, 0, x.length) / x.length);
        Arrays.setAll(x, k -> x[k] / norm);
      }
    }
    return Matrix.copyOf(inputs);
  }

  /** The target less its mean over the training rows, or one-hot classes less theirs. */
  private static Matrix targets(List<Row> rows, List<Row> training, boolean classes) {
    int outputs =
        classes ? 1 + (int) training.stream().mapToDouble(r -> r.getDouble(1)).max().orElse(0) : 1;
    double[][] targets = new double[rows.size()][outputs];
    for (int i = 0; i < outputs; i++) {
      int output = i;
      double mean =
          training.stream().mapToDouble(r -> value(r, output, classes)).average().orElseThrow();
      for (int x = 0; x < targets.length; x++) {
        targets[x][i] = value(rows.get(x), i, classes) - mean;
      }
    }
    return Matrix.copyOf(targets);
  }

  private static double value(Row row, int output, boolean classes) {
    return classes ? (row.getDouble(1) == output ? 1 : 0) : row.getDouble(1);
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
