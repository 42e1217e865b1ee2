package finitewidth.inference.work;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How far a phase is.
 *
 * @param phase in words
 * @param unit what is counted: moments, draws, networks or rows
 * @param done so many
 * @param total of so many
 * @param added since the standing before
 * @param rows test rows that were scored since then
 * @param seconds since the phase began
 */
public record Standing(
    String phase, String unit, long done, long total, long added, long rows, double seconds) {
  /** Below, things are told one by one. */
  private static final long VERY_FEW = 10_000;

  /** Below, things are told in thousands. */
  private static final long FEW = 5_000_000;

  private static final long SECONDS_TOLD = 120;
  private static final long MINUTES_TOLD = 120;

  /** Whether nothing is left. */
  public boolean isOver() {
    return done >= total;
  }

  /** The part that is done, from 0 to 1. */
  public double fraction() {
    return total == 0 ? 1 : Math.min(1, (double) done / total);
  }

  /** What is left of this phase at the speed so far; empty while nothing is done. */
  public OptionalDouble secondsLeft() {
    if (isOver()) {
      return OptionalDouble.of(0);
    }
    return done <= 0 || seconds <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((total - done) * (seconds / done));
  }

  /** All of it in a line. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%s %.0f %%, %s, %s/s%s",
        phase,
        Math.floor(100 * fraction()),
        counted(),
        rate(),
        left());
  }

  private String rate() {
    double rate = done / seconds;
    if (isPlain()) {
      return String.format(Locale.ROOT, "%.3g", rate);
    }
    return String.format(Locale.ROOT, "%.2f %s", rate / scale(), scaled());
  }

  /** What is done of what, such as 283.1 of 656.7 million moments. */
  public String counted() {
    return isPlain()
        ? done + " of " + total + " " + unit
        : String.format(
            Locale.ROOT, "%.1f of %.1f %s %s", done / scale(), total / scale(), scaled(), unit);
  }

  /** What is left, such as ", about 15 s left"; nothing where that is not known. */
  public String left() {
    OptionalDouble left = secondsLeft();
    return left.isEmpty() ? "" : ", about " + duration(Math.ceil(left.getAsDouble())) + " left";
  }

  private static String duration(double seconds) {
    if (seconds <= SECONDS_TOLD) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    double minutes = seconds / 60;
    return minutes <= MINUTES_TOLD
        ? String.format(Locale.ROOT, "%.0f min", minutes)
        : String.format(Locale.ROOT, "%.1f h", minutes / 60);
  }

  private boolean isPlain() {
    return total < VERY_FEW;
  }

  private String scaled() {
    return total < FEW ? "thousand" : "million";
  }

  private double scale() {
    return total < FEW ? 1e3 : 1e6;
  }
}
