package finitewidth.runtime;

import finitewidth.inference.work.Progress;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Tells the progress of rows that executors write to files, from the tasks' own counts. A task that
 * ran twice counts once.
 */
public final class WrittenRows extends SparkListener {
  private final Progress progress;
  private final Set<String> seen = new HashSet<>();
  private long told;

  public WrittenRows(Progress progress) {
    this.progress = progress;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (!end.taskInfo().successful() || end.taskMetrics() == null) {
      return;
    }
    long rows = end.taskMetrics().outputMetrics().recordsWritten();
    if (rows > 0 && seen.add(end.stageId() + "." + end.taskInfo().index())) {
      tell(rows);
    }
  }

  /**
   * Tells what Spark, which reports tasks a little later than their job ends, has not reported yet.
   *
   * @param rows all that were written
   */
  public synchronized void complete(long rows) {
    if (rows > told) {
      tell(rows - told);
    }
  }

  private void tell(long rows) {
    told += rows;
    progress.add(rows, rows);
  }
}
