package finitewidth.job;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/** Spark as the submission configured it. */
final class Sessions {
  private Sessions() {}

  /** The storage settings of the session to come, known before it is started. */
  static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  static SparkSession start(Verb verb) {
    return SparkSession.builder().appName("finite-width " + verb).getOrCreate();
  }
}
