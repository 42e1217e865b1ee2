package finitewidth.runtime;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark in this process, for tests of what runs on it. */
public final class LocalContext {
  private LocalContext() {}

  /**
   * Starts it.
   *
   * @param threads at most so many tasks at a time
   * @param test whose application it is
   */
  public static JavaSparkContext of(int threads, Class<?> test) {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster("local[" + threads + "]")
            .setAppName(test.getSimpleName())
            .set("spark.ui.enabled", "false"));
  }
}
