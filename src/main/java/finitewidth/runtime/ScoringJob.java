package finitewidth.runtime;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;

/** Computes scored rows, of which the driver sees a summary of each partition, in any order. */
public final class ScoringJob {
  private ScoringJob() {}

  /** What a task makes of its scored rows. */
  @FunctionalInterface
  public interface Summary<U, R> extends Serializable {
    R of(Iterator<U> rows);
  }

  /**
   * Runs a job over all partitions.
   *
   * @param whenDone receives that of each partition, in any order
   */
  public static <U, R> void run(JavaRDD<U> scored, Summary<U, R> summary, Consumer<R> whenDone) {
    PartitionJob.run(scored, summary::of, whenDone);
  }
}
