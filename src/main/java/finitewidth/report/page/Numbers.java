package finitewidth.report.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Numbers as people read them, and as few digits of them as a page needs. */
public final class Numbers {
  /** Digits of numbers in plots and files: more than an eye tells. */
  private static final MathContext DIGITS = new MathContext(6);

  private Numbers() {}

  /** Six digits; what is not finite stays as it is. */
  public static double rounded(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : value;
  }

  public static double[] rounded(double[] values) {
    return Arrays.stream(values).map(Numbers::rounded).toArray();
  }

  /** Four digits, or the whole of a whole number; words for what is not finite. */
  public static String shown(double value) {
    if (Double.isNaN(value)) {
      return "unknown";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return minus(Long.toString((long) value));
    }
    double size = Math.abs(value);
    if (size >= 1e5 || size < 1e-4) {
      return minus(String.format(Locale.ROOT, "%.3e", value));
    }
    int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
    return minus(String.format(Locale.ROOT, "%." + Math.min(decimals, 7) + "f", value));
  }

  public static String shown(OptionalDouble value) {
    return value.isPresent() ? shown(value.getAsDouble()) : "—";
  }

  private static String minus(String number) {
    return number.replace('-', '−');
  }

  /** A share in per cent. */
  public static String percent(double share) {
    return Double.isNaN(share)
        ? "unknown"
        : minus(String.format(Locale.ROOT, "%.1f %%", 100 * share));
  }

  /** Seconds, or minutes where there are many. */
  static String seconds(double seconds) {
    return seconds < 120
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%.1f min", seconds / 60);
  }

  /** Widths of layers, one number where all are alike. */
  public static String widths(List<Double> widths) {
    List<String> shown = widths.stream().distinct().map(Numbers::shown).toList();
    return shown.size() == 1
        ? shown.get(0)
        : widths.stream().map(Numbers::shown).collect(Collectors.joining(", "));
  }
}
