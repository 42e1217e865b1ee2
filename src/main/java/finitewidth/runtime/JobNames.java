package finitewidth.runtime;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Names what Spark runs for as long as this is open: jobs by their description, stages by their
 * call site, both with layer, block and phase in place of a line of source code. Inner names hide
 * outer ones.
 */
public final class JobNames implements AutoCloseable {
  private static final String DESCRIPTION = "spark.job.description";
  private static final String STAGE = "callSite.short";
  private static final String PREFIX = "finite-width: ";

  private final SparkContext spark;
  private final Map<String, String> before = new HashMap<>();

  private JobNames(SparkContext spark, String name) {
    this.spark = spark;
    for (String key : new String[] {DESCRIPTION, STAGE}) {
      before.put(key, spark.getLocalProperty(key));
    }
    standard(spark, name);
  }

  /** Names the jobs of this thread. */
  public static JobNames of(SparkContext spark, String name) {
    return new JobNames(spark, name);
  }

  /** Names the jobs of this thread. */
  public static JobNames of(JavaSparkContext spark, String name) {
    return of(spark.sc(), name);
  }

  /** Names all jobs of this thread that nothing else names. */
  public static void standard(SparkContext spark, String name) {
    spark.setLocalProperty(DESCRIPTION, PREFIX + name);
    spark.setLocalProperty(STAGE, name);
  }

  @Override
  public void close() {
    before.forEach(spark::setLocalProperty);
  }
}
