package finitewidth.benchmark;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A Spark job that makes any number of rows of a teacher: independent standard normal features
 * through a network of one hidden layer of 16 tanh neurons, drawn once, plus noise of variance 0.1.
 * Row i depends on seed and i alone, so fewer rows are the first of more.
 */
final class TeacherRows {
  private static final int FEATURES = 8;
  private static final int NEURONS = 16;
  private static final double NOISE = Math.sqrt(0.1);
  private static final int ROWS_PER_FILE = 125_000;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private TeacherRows() {}

  /** Arguments: number of rows, the first of them, seed of the rows, directory for parquet. */
  public static void main(String[] arguments) throws IOException {
    long count = Long.parseLong(arguments[0]);
    long first = Long.parseLong(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    StructField[] fields =
        IntStream.rangeClosed(0, FEATURES)
            .mapToObj(
                k ->
                    DataTypes.createStructField(
                        k < FEATURES ? "f" + k : "target", DataTypes.DoubleType, false))
            .toArray(StructField[]::new);
    try (SparkSession session =
        SparkSession.builder()
            .appName("rows of a teacher")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      int files = (int) ((count + ROWS_PER_FILE - 1) / ROWS_PER_FILE);
      double[][] teacher = teacher();
      session
          .createDataFrame(
              spark
                  .parallelize(LongStream.range(0, files).boxed().toList(), files)
                  .flatMap(
                      part ->
                          LongStream.range(
                                  part * ROWS_PER_FILE, Math.min(count, (part + 1) * ROWS_PER_FILE))
                              .mapToObj(i -> row(teacher, seed, first + i))
                              .iterator()),
              new StructType(fields))
          .write()
          .parquet(arguments[3]);
    }
  }

  /** Of variance 1: every neuron has eight weights, a bias and a weight above. */
  private static double[][] teacher() {
    SplittableRandom random = new SplittableRandom(5);
    double[][] teacher = new double[NEURONS][FEATURES + 2];
    for (double[] neuron : teacher) {
      for (int k = 0; k < neuron.length; k++) {
        neuron[k] = random.nextGaussian() * (k < FEATURES ? Math.sqrt(2.0 / FEATURES) : 0.5);
      }
    }
    return teacher;
  }

  private static Row row(double[][] teacher, long seed, long i) {
    SplittableRandom random = new SplittableRandom(seed * MIX + i);
    Object[] row = new Object[FEATURES + 1];
    double[] x = new double[FEATURES];
    for (int k = 0; k < FEATURES; k++) {
      x[k] = random.nextGaussian();
      row[k] = x[k];
    }
    double value = NOISE * random.nextGaussian();
    for (double[] neuron : teacher) {
      double field = neuron[FEATURES];
      for (int k = 0; k < FEATURES; k++) {
        field += neuron[k] * x[k];
      }
      value += neuron[FEATURES + 1] * Math.tanh(field);
    }
    row[FEATURES] = value;
    return RowFactory.create(row);
  }
}
