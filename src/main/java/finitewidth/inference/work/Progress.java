package finitewidth.inference.work;

/**
 * Counts what is done of a phase and hands its standing on. How often that is told is the sink's
 * business.
 */
public final class Progress {
  private final ProgressSink sink;
  private final String phase;
  private long total;
  private final String unit;
  private final long start = System.nanoTime();
  private long done;

  /**
   * @param phase in words
   * @param total moments to do
   */
  public Progress(ProgressSink sink, String phase, long total) {
    this(sink, phase, total, "moments");
  }

  /**
   * @param unit what is counted, such as draws
   */
  public Progress(ProgressSink sink, String phase, long total, String unit) {
    this.unit = unit;
    this.sink = sink;
    this.phase = phase;
    this.total = total;
  }

  /** Leaves out what an earlier run has finished. */
  public synchronized void found(long before) {
    total -= before;
  }

  /** Counts what is finished. */
  public void add(long finished) {
    add(finished, 0);
  }

  /**
   * Counts what is finished.
   *
   * @param rows test rows that were scored by it
   */
  public synchronized void add(long finished, long rows) {
    done += finished;
    sink.update(new Standing(phase, unit, done, total, finished, rows, seconds()));
  }

  /** Seconds since this was made. */
  public double seconds() {
    return (System.nanoTime() - start) * 1e-9;
  }
}
