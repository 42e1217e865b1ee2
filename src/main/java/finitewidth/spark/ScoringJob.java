package finitewidth.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;

/** Computes scored rows and hands them to the driver a partition at a time, in any order. */
public final class ScoringJob {
  /** Tasks for each core, so that cores finish together. */
  private static final int TASKS_PER_CORE = 4;

  /** A task of so many moments takes a second: cores finish together, and progress is told. */
  private static final long MOMENTS_PER_TASK = 1L << 24;

  /** A task holds its scored rows until they are sent home. */
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
   * Runs a job over all partitions.
   *
   * @param whenDone receives the rows of each partition in their order
   */
  public static <U> void run(JavaRDD<U> scored, Consumer<List<U>> whenDone) {
    PartitionJob.<U, List<?>>run(
        scored,
        rows -> {
          List<U> list = new ArrayList<>();
          rows.forEachRemaining(list::add);
          return list;
        },
        listClass(),
        list -> {
          @SuppressWarnings("unchecked") // what the task above has made
          List<U> rows = (List<U>) list;
          whenDone.accept(rows);
        });
  }

  @SuppressWarnings("unchecked") // Class<List> stands for Class<List<?>>
  private static Class<List<?>> listClass() {
    return (Class<List<?>>) (Class<?>) List.class;
  }
}
