package finitewidth.runtime;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;

/** Predicts rows, of which the driver sees a summary of each partition, in any order. */
public final class PredictionJob {
  private PredictionJob() {}

  /** What a task makes of the rows that it has predicted. */
  @FunctionalInterface
  public interface Summary<U, R> extends Serializable {
    R of(Iterator<U> rows);
  }

  /**
   * Runs a job over all partitions.
   *
   * @param whenDone receives that of each partition, in any order
   */
  public static <U, R> void run(JavaRDD<U> predicted, Summary<U, R> summary, Consumer<R> whenDone) {
    PartitionJob.run(predicted, summary::of, whenDone);
  }
}
