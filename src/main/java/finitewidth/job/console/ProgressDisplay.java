package finitewidth.job.console;

import finitewidth.inference.work.Standing;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how a phase is getting on: on a terminal by a bar that is drawn over again and vanishes
 * when other lines come or the phase is over; elsewhere by a line every thirty seconds at most,
 * without any control character.
 */
final class ProgressDisplay {
  private static final long LINE_NANOS = 30_000_000_000L;
  private static final long BAR_NANOS = 200_000_000L;
  private static final int NARROWEST = 40;
  private static final int LONGEST_BAR = 40;

  /** To the start of the line, and erase it. */
  private static final String BLANK = "\r\u001b[K";

  private final PrintStream out;
  private final String prefix;
  private final int columns;
  private final LongSupplier nanos;
  private long next;
  private boolean drawn;

  /**
   * @param prefix of every line
   * @param columns of the terminal; 0 where there is none
   * @param nanos a clock
   */
  ProgressDisplay(PrintStream out, String prefix, int columns, LongSupplier nanos) {
    this.out = out;
    this.prefix = prefix;
    this.columns = columns < NARROWEST ? 0 : columns;
    this.nanos = nanos;
    next = nanos.getAsLong() + (this.columns > 0 ? 0 : LINE_NANOS);
  }

  void update(Standing standing) {
    if (standing.isOver()) {
      clear();
      return;
    }
    long now = nanos.getAsLong();
    if (now - next < 0) {
      return;
    }
    if (columns > 0) {
      next = now + BAR_NANOS;
      out.print(BLANK + bar(standing));
      drawn = true;
    } else {
      next = now + LINE_NANOS;
      out.println(prefix + standing.line());
    }
    out.flush();
  }

  /** Makes room for another line. */
  void clear() {
    if (drawn) {
      out.print(BLANK);
      out.flush();
      drawn = false;
    }
  }

  /** As much as a line holds: a character less than the terminal, which would begin another. */
  private String bar(Standing standing) {
    String before = prefix + standing.phase() + " ";
    String after =
        String.format(Locale.ROOT, " %3.0f %%", Math.floor(100 * standing.fraction()))
            + standing.left();
    int room = columns - 1 - before.length() - after.length() - 2;
    int length = Math.min(LONGEST_BAR, Math.max(0, room));
    int full = (int) (length * standing.fraction());
    String line =
        before
            + (length == 0 ? "" : "[" + "#".repeat(full) + "-".repeat(length - full) + "]")
            + after;
    return line.length() < columns ? line : line.substring(0, columns - 1);
  }
}
