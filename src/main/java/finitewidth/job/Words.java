package finitewidth.job;

import java.util.Locale;

/** Constants as configurations and summaries write them. */
final class Words {
  private Words() {}

  /** The constant's name in lower case with hyphens. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
