package finitewidth.job.run;

import org.apache.spark.sql.SparkSession;

/**
 * Spark for as long as a run takes.
 *
 * @param ours whether the run has started it, and stops it
 */
public record RunSession(SparkSession spark, boolean ours) implements AutoCloseable {
  @Override
  public void close() {
    if (ours) {
      spark.stop();
    } else {
      spark.sparkContext().clearJobGroup();
    }
  }
}
