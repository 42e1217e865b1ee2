package finitewidth.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A Spark job that makes any number of rows like those of a table: each is a row of the table
 * chosen at random, every column moved by a twentieth of its standard deviation. Row i depends on
 * seed and i alone.
 */
final class GrowthRows {
  private static final double NOISE = 0.05;
  private static final int ROWS_PER_FILE = 250_000;

  private GrowthRows() {}

  /** Arguments: csv with a header, number of rows, seed, directory to write csv files to. */
  public static void main(String[] arguments) {
    long count = Long.parseLong(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    try (JavaSparkContext spark =
        new JavaSparkContext(
            new SparkConf()
                .setAppName("rows like those of " + arguments[0])
                .setIfMissing("spark.master", "local[*]")
                .set("spark.ui.enabled", "false"))) {
      List<String> lines = spark.textFile(arguments[0], 1).collect();
      String header = lines.get(0);
      double[][] rows =
          lines.stream()
              .skip(1)
              .map(
                  line ->
                      Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
              .toArray(double[][]::new);
      Broadcast<double[][]> table = spark.broadcast(rows);
      Broadcast<double[]> deviations = spark.broadcast(deviations(rows));
      int files = (int) ((count + ROWS_PER_FILE - 1) / ROWS_PER_FILE);
      JavaRDD<Long> parts = spark.parallelize(LongStream.range(0, files).boxed().toList(), files);
      parts
          .flatMap(
              part ->
                  Stream.concat(
                          Stream.of(header),
                          LongStream.range(
                                  part * ROWS_PER_FILE, Math.min(count, (part + 1) * ROWS_PER_FILE))
                              .mapToObj(i -> row(table.value(), deviations.value(), seed, i)))
                      .iterator())
          .saveAsTextFile(arguments[3]);
    }
  }

  private static String row(double[][] table, double[] deviations, long seed, long i) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + i);
    double[] from = table[random.nextInt(table.length)];
    StringBuilder line = new StringBuilder();
    for (int k = 0; k < from.length; k++) {
      line.append(k == 0 ? "" : ",")
          .append((float) (from[k] + NOISE * deviations[k] * random.nextGaussian()));
    }
    return line.toString();
  }

  private static double[] deviations(double[][] rows) {
    double[] deviations = new double[rows[0].length];
    for (int k = 0; k < deviations.length; k++) {
      int column = k;
      double mean = Arrays.stream(rows).mapToDouble(row -> row[column]).average().orElseThrow();
      deviations[k] =
          Math.sqrt(
              Arrays.stream(rows)
                  .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
                  .average()
                  .orElseThrow());
    }
    return deviations;
  }
}
