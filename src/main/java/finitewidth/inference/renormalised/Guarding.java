package finitewidth.inference.renormalised;

import java.util.Locale;

/**
 * How far a direction of the training targets may move where first order would move it far. Both
 * change nothing to first order.
 */
public enum Guarding {
  /** As far as to first order, damped where any direction moves far, at a price to first order. */
  FIXED,
  /** Where the targets ask for it, as far as gain and price balance. */
  SETTLED;

  /**
   * Of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Guarding named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
