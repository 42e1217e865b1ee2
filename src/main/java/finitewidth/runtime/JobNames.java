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

  /** How many of something in words, such as 1 leaf or 3 leaves. */
  static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /** Source layers in words, from 1 on. */
  static String layers(int sources) {
    return sources == 1 ? "layer 1" : "layers 1 to " + sources;
  }

  @Override
  public void close() {
    before.forEach(spark::setLocalProperty);
  }
}
