package finitewidth.inference;

/** Into how many tasks rows are dealt, which does not change what becomes of them. */
public final class RowTasks {
  /** Tasks for each core, so that cores finish together. */
  private static final int TASKS_PER_CORE = 4;

  /** A task of so many moments takes a second: cores finish together, and progress is told. */
  private static final long MOMENTS_PER_TASK = 1L << 24;

  /** A task may hold all its scored rows in memory. */
  private static final long MOST_ROWS_PER_TASK = 5000;

  /** Beyond this the tasks themselves would cost. */
  private static final long MOST_TASKS = 20_000;

  private RowTasks() {}

  /**
   * So many that cores stay busy.
   *
   * @param moments of one row, over all source layers
   */
  public static int busy(int cores, long rows, long moments) {
    return atLeast(rows * moments / MOMENTS_PER_TASK, cores, rows);
  }

  /** So many that cores stay busy, that memory holds a task's rows, and that progress is seen. */
  private static int atLeast(long forProgress, int cores, long rows) {
    long forMemory = (rows + MOST_ROWS_PER_TASK - 1) / MOST_ROWS_PER_TASK;
    long wanted = Math.max((long) TASKS_PER_CORE * cores, Math.max(forMemory, forProgress));
    return (int) Math.max(1, Math.min(Math.min(rows, MOST_TASKS), wanted));
  }

  /**
   * So few that rows can share, in blocks of so many, what costs as much as the rest.
   *
   * @param block rows that a task has at least, unless cores would be idle
   */
  public static int sharing(int cores, long rows, int block) {
    return (int) Math.max(1, Math.min(rows, Math.max(cores, (rows + block - 1) / block)));
  }

  /**
   * So few that each has a second of work, which beginning a task is nothing beside; but cores stay
   * busy, and rows come in whole blocks.
   *
   * @param block rows that are computed together
   * @param seconds of one core for all rows
   */
  public static int lasting(int cores, long rows, int block, double seconds) {
    return Math.min(atLeast((long) Math.ceil(seconds), cores, rows), sharing(cores, rows, block));
  }

  /**
   * How many blocks {@link #sharing} has.
   *
   * @param block rows that share
   */
  public static double blocks(int cores, long rows, int block) {
    double tasks = sharing(cores, rows, block);
    return tasks * Math.ceil(Math.ceil(rows / tasks) / block);
  }
}
