package finitewidth.runtime;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;

/** Computes scored rows, of which the driver sees a summary of each partition, in any order. */
public final class ScoringJob {
  /** Tasks for each core, so that cores finish together. */
  private static final int TASKS_PER_CORE = 4;

  /** A task of so many moments takes a second: cores finish together, and progress is told. */
  private static final long MOMENTS_PER_TASK = 1L << 24;

  /** A task may hold all its scored rows in memory. */
  private static final long MOST_ROWS_PER_TASK = 5000;

  /** Beyond this the tasks themselves would cost. */
  private static final long MOST_TASKS = 20_000;

  private ScoringJob() {}

  /**
   * A number of partitions that keeps this cluster's cores busy; does not change the result.
   *
   * @param moments of one row, over all source layers
   */
  public static int partitions(int cores, long rows, long moments) {
    long forMemory = (rows + MOST_ROWS_PER_TASK - 1) / MOST_ROWS_PER_TASK;
    long forProgress = rows * moments / MOMENTS_PER_TASK;
    long wanted = Math.max((long) TASKS_PER_CORE * cores, Math.max(forMemory, forProgress));
    return (int) Math.max(1, Math.min(Math.min(rows, MOST_TASKS), wanted));
  }

  /**
   * The same where rows share, in blocks of so many, what costs as much as the rest.
   *
   * @param block rows that a task has at least, unless cores would be idle
   */
  public static int blockPartitions(int cores, long rows, int block) {
    return (int) Math.max(1, Math.min(rows, Math.max(cores, (rows + block - 1) / block)));
  }

  /**
   * How many blocks there are then.
   *
   * @param block rows that share
   */
  public static double blocks(int cores, long rows, int block) {
    double tasks = blockPartitions(cores, rows, block);
    return tasks * Math.ceil(Math.ceil(rows / tasks) / block);
  }

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
