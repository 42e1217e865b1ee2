package finitewidth.report.page;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a mark stands for; the style sheet gives it a colour for light and one for dark pages. */
public enum Colour {
  /** Infinite width. */
  NNGP,
  /** To first order in 1/width. */
  CORRECTED,
  /** Outside truth: data, exact posteriors. */
  TRUTH,
  /** What is to be looked at twice. */
  WARNING,
  /** Reference lines. */
  MUTED,
  /** The first of colours for things that are only to be told apart. */
  S0,
  S1,
  S2,
  S3,
  S4,
  S5,
  S6,
  S7;

  /** One of the colours to tell things apart; they repeat after eight. */
  public static Colour series(int i) {
    return values()[S0.ordinal() + i % 8];
  }

  /** The name in the style sheet. */
  @JsonValue
  public String css() {
    return name().toLowerCase(Locale.ROOT);
  }
}
