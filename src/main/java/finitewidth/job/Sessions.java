package finitewidth.job;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/** Spark as the submission configured it. */
final class Sessions {
  /**
   * Sums of a few megabytes come back with the message that a task is done. By Spark's default of
   * one megabyte they are fetched in a second step, which costs ten milliseconds a task.
   */
  private static final String DIRECT_RESULTS = "spark.task.maxDirectResultSize";

  private Sessions() {}

  /** The storage settings of the session to come, known before it is started. */
  static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  static SparkSession start(Verb verb) {
    SparkSession.Builder builder = SparkSession.builder().appName("finite-width " + verb);
    if (!new SparkConf().contains(DIRECT_RESULTS)) {
      builder.config(DIRECT_RESULTS, "16m");
    }
    return builder.getOrCreate();
  }
}
