package finitewidth.spark;

import java.io.PrintStream;
import java.util.Locale;

/**
 * One line on a stream every few seconds while moments or draws are computed, and none for what is
 * over sooner.
 */
public final class Progress {
  private static final long FIRST_NANOS = 3_000_000_000L;
  private static final long EVERY_NANOS = 5_000_000_000L;

  /** Below, things are told in thousands. */
  private static final long FEW = 5_000_000;

  private final PrintStream out;
  private final String what;
  private long total;
  private final String unit;
  private final long start = System.nanoTime();
  private long done;
  private long next = start + FIRST_NANOS;

  /**
   * @param out usually stderr
   * @param what the phase
   * @param total moments to do
   */
  public Progress(PrintStream out, String what, long total) {
    this(out, what, total, "moments");
  }

  /**
   * @param unit what is counted, such as draws
   */
  public Progress(PrintStream out, String what, long total, String unit) {
    this.unit = unit;
    this.out = out;
    this.what = what;
    this.total = total;
  }

  /** Leaves out what an earlier run has finished. */
  public synchronized void found(long before) {
    total -= before;
  }

  /** Counts what is finished. */
  public synchronized void add(long finished) {
    done += finished;
    long now = System.nanoTime();
    if (now >= next && done < total) {
      next = now + EVERY_NANOS;
      double seconds = (now - start) * 1e-9;
      double rate = done / seconds;
      boolean thousands = total < FEW;
      double scale = thousands ? 1e3 : 1e6;
      out.printf(
          Locale.ROOT,
          "finite-width: %s %3.0f %%, %.1f of %.1f %s %s, %.2f %s/s, about %.0f s left%n",
          what,
          100.0 * done / total,
          done / scale,
          total / scale,
          thousands ? "thousand" : "million",
          unit,
          rate / scale,
          thousands ? "thousand" : "million",
          (total - done) / rate);
    }
  }

  /** Seconds since this was made. */
  public double seconds() {
    return (System.nanoTime() - start) * 1e-9;
  }
}
