package finitewidth.job;

import finitewidth.sizing.Resources;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.SparkSession;

/** Spark as the submission configured it. */
final class Sessions {
  /**
   * Sums of a few megabytes come back with the message that a task is done. By Spark's default of
   * one megabyte they are fetched in a second step, which costs ten milliseconds a task.
   */
  private static final String DIRECT_RESULTS = "spark.task.maxDirectResultSize";

  private static final String EXECUTOR_MEMORY = "spark.executor.memory";

  private Sessions() {}

  /** The storage settings of the session to come, known before it is started. */
  static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  /**
   * Starts Spark.
   *
   * @throws MemoryException if a heap is smaller than the least that Spark takes
   */
  static SparkSession start(Verb verb) {
    SparkSession.Builder builder = SparkSession.builder().appName("finite-width " + verb);
    SparkConf conf = new SparkConf();
    refuseSmall("the driver", Runtime.getRuntime().maxMemory(), "--driver-memory");
    if (conf.contains(EXECUTOR_MEMORY)) {
      refuseSmall(
          "an executor",
          JavaUtils.byteStringAsBytes(conf.get(EXECUTOR_MEMORY)),
          "--executor-memory");
    }
    if (!conf.contains(DIRECT_RESULTS)) {
      builder.config(DIRECT_RESULTS, "16m");
    }
    return builder.getOrCreate();
  }

  private static void refuseSmall(String whose, long heap, String option) {
    if (heap < Resources.LEAST_HEAP) {
      throw new MemoryException(
          "the heap of "
              + whose
              + " is "
              + (heap >> 20)
              + " MB, and Spark does not start below "
              + (Resources.LEAST_HEAP >> 20)
              + " MB: give more with -- "
              + option
              + " 1g");
    }
  }
}
