package finitewidth.job.config;

import java.util.Locale;

/** Constants as configurations and summaries write them. */
public final class Words {
  private static final int LONGEST = 300;

  private Words() {}

  /** A text of any length as it fits into a sentence. */
  static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** The constant's name in lower case with hyphens. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
