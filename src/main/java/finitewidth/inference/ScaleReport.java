package finitewidth.inference;

import finitewidth.prior.Widths;
import java.util.Locale;
import java.util.Optional;

/**
 * What integrating the scale of the output kernel found for networks of some widths
 * (docs/renormalised.md).
 *
 * @param widths of the hidden layers
 * @param rho ρ, the norm of what is left to first order; what the result's trust goes by
 * @param scale Q* = exp E[log Q | Y]: by how much the data stretch the prior's variance
 * @param deviation of log Q given the data
 */
public record ScaleReport(Widths widths, double rho, double scale, double deviation) {

  /** How far the result is to be trusted; docs/renormalised.md#validity has the data behind it. */
  public enum Range {
    /** ρ below 0.2. */
    FINE,
    /** ρ up to 0.8: usable, with larger errors. */
    USABLE,
    /** ρ up to 1.6: the answer is essentially that of the scale alone. */
    OUTSIDE,
    /** Beyond: neither variance nor log evidence is to be trusted. */
    FAR_OUTSIDE;

    private static final double MOST_FINE = 0.2;
    private static final double MOST_USABLE = 0.8;
    private static final double MOST_OUTSIDE = 1.6;

    /** Where a ρ is; what is not a number is far outside. */
    public static Range of(double rho) {
      if (rho < MOST_FINE) {
        return FINE;
      }
      if (rho <= MOST_USABLE) {
        return USABLE;
      }
      return rho <= MOST_OUTSIDE ? OUTSIDE : FAR_OUTSIDE;
    }

    /** Whether predictions count as trusted. */
    public boolean isTrusted() {
      return this == FINE || this == USABLE;
    }
  }

  public Range range() {
    return Range.of(rho);
  }

  /**
   * What the user should know; empty where ρ is small.
   *
   * @param result what leaves the rest, as in "first order at hidden widths"
   * @param alone what the result comes down to where the rest is large
   */
  public Optional<String> warning(String result, String alone) {
    String what =
        switch (range()) {
          case FINE -> "";
          case USABLE -> "errors are larger than where it is below 0.2";
          case OUTSIDE -> "the result is essentially that of " + alone + " alone";
          case FAR_OUTSIDE -> "neither variances nor the log evidence are to be trusted";
        };
    return what.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT, "%s %s leaves a rest of norm %.2f: %s", result, widths, rho, what));
  }
}
