package finitewidth.benchmark;

import finitewidth.data.TrainingSchema;
import finitewidth.data.read.TrainingBlocks;
import finitewidth.data.scale.FeatureScaling;
import finitewidth.data.scale.Preprocessing;
import finitewidth.data.scale.TargetScaling;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inducing.Approximation;
import finitewidth.inducing.InducingPoints;
import finitewidth.inducing.ProjectionPass;
import finitewidth.inducing.TrainingBlock;
import finitewidth.inducing.TrainingPasses;
import finitewidth.linalg.Blas;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;
import finitewidth.runtime.NumberedRow;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Seconds of the pass over training rows, repeated in one warm application, by number of rows, and
 * of as many operations in products of matrices on the same cores at the same time: 2 u² a row.
 */
final class PassGrowth {
  private static final String SEPARATOR = ",";

  private PassGrowth() {}

  /**
   * Arguments: master, number of inducing points, repetitions, then directories of csv files with a
   * header and the target last.
   */
  public static void main(String[] arguments) {
    int points = Integer.parseInt(arguments[1]);
    int repetitions = Integer.parseInt(arguments[2]);
    System.err.println("BLAS: " + Blas.description());
    SparkConf conf =
        new SparkConf()
            .setMaster(arguments[0])
            .setAppName("PassGrowth")
            .set("spark.ui.enabled", "false");
    Architecture network =
        Architecture.of(
            Activations.byName("relu").orElseThrow(),
            new double[] {0.1, 0.1},
            new double[] {2.0, 2.0});
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      for (String directory : Arrays.asList(arguments).subList(3, arguments.length)) {
        measure(spark, network, points, repetitions, directory);
      }
    }
  }

  private static void measure(
      JavaSparkContext spark, Architecture network, int points, int repetitions, String directory) {
    try (TrainingBlocks blocks = read(spark, directory)) {
      Preprocessing scalers =
          Preprocessing.fit(FeatureScaling.STANDARDIZE, TargetScaling.STANDARDIZE, blocks);
      InducingPoints chosen = InducingPoints.of(network, scalers.design(blocks.sample(points, 7)));
      TrainingPasses passes = blocks.passes(scalers, "measured pass");
      ProjectionPass pass = new ProjectionPass(chosen, 0.01, Approximation.DTC);
      double[] passSeconds = new double[repetitions];
      double[] productSeconds = new double[repetitions];
      for (int repetition = 0; repetition < repetitions; repetition++) {
        long start = System.nanoTime();
        passes.sum(pass);
        passSeconds[repetition] = (System.nanoTime() - start) * 1e-9;
        productSeconds[repetition] = products(spark, blocks.count(), chosen.size());
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %d | %.3f | %.3f | %.1f | %.1f | %.2f |%n",
          Path.of(directory).getFileName(),
          blocks.count(),
          chosen.size(),
          passSeconds[0],
          median(passSeconds),
          operations(blocks.count(), chosen.size()) / median(passSeconds) * 1e-9,
          operations(blocks.count(), chosen.size()) / median(productSeconds) * 1e-9,
          median(passSeconds) / median(productSeconds));
    }
  }

  private static double operations(long rows, int points) {
    return 2.0 * rows * points * points;
  }

  /** b × u by u × u products for as many rows, spread over all cores. */
  private static double products(JavaSparkContext spark, long rows, int points) {
    int cores = spark.defaultParallelism();
    long blocks = (rows + TrainingBlock.ROWS - 1) / TrainingBlock.ROWS;
    List<Long> shares =
        IntStream.range(0, cores)
            .mapToObj(core -> (core + 1) * blocks / cores - core * blocks / cores)
            .toList();
    long start = System.nanoTime();
    double check =
        spark.parallelize(shares, cores).mapToDouble(share -> multiply(share, points)).sum();
    double seconds = (System.nanoTime() - start) * 1e-9;
    if (Double.isNaN(check)) {
      throw new IllegalStateException("products are not numbers");
    }
    return seconds;
  }

  private static double multiply(long times, int points) {
    Matrix left = Problems.gaussian(TrainingBlock.ROWS, points, 4);
    Matrix right = Problems.gaussian(points, points, 5);
    double sum = 0;
    for (long i = 0; i < times; i++) {
      sum += Products.times(left, right).get(0, 0);
    }
    return sum;
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static TrainingBlocks read(JavaSparkContext spark, String directory) {
    String header = spark.textFile(directory).first();
    JavaPairRDD<String, Long> lines =
        spark.textFile(directory).filter(line -> !line.equals(header)).zipWithIndex();
    JavaRDD<NumberedRow> rows = lines.map(line -> row(line._2(), line._1()));
    List<String> columns = List.of(header.split(SEPARATOR, -1));
    int features = columns.size() - 1;
    TrainingSchema schema =
        TrainingSchema.regression(
            columns, columns.subList(0, features), columns.subList(features, columns.size()));
    long count = lines.count();
    return TrainingBlocks.of(rows, count, count, spark.defaultParallelism(), schema);
  }

  private static NumberedRow row(long number, String line) {
    double[] values =
        Arrays.stream(line.split(SEPARATOR, -1)).mapToDouble(Double::parseDouble).toArray();
    int features = values.length - 1;
    return new NumberedRow(
        number, Arrays.copyOf(values, features), new double[] {values[features]});
  }
}
