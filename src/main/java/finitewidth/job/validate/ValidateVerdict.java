package finitewidth.job.validate;

import finitewidth.inference.ensemble.Comparison;
import finitewidth.inference.ensemble.Trust;
import finitewidth.settings.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** At which widths the correction can be trusted on these data, in words. */
final class ValidateVerdict {
  private ValidateVerdict() {}

  static String of(List<ValidatedWidth> widths) {
    List<String> parts = new ArrayList<>();
    for (Trust trust : Trust.values()) {
      List<ValidatedWidth> alike = widths.stream().filter(w -> w.trust() == trust).toList();
      if (!alike.isEmpty()) {
        parts.add(part(trust, alike));
      }
    }
    if (!isTrusted(widths)) {
      parts.add(0, "at none of these widths is it shown that the correction can be trusted");
    }
    return String.join("; ", parts);
  }

  /** Whether it can be trusted at one of them at least. */
  static boolean isTrusted(List<ValidatedWidth> widths) {
    return widths.stream().anyMatch(w -> w.trust() == Trust.TRUSTWORTHY);
  }

  private static String part(Trust trust, List<ValidatedWidth> widths) {
    String at = widths.size() == 1 ? "at width " : "at widths ";
    String list =
        widths.stream().map(w -> Integer.toString(w.width())).collect(Collectors.joining(", "));
    return switch (trust) {
      case TRUSTWORTHY ->
          "the correction can be trusted "
              + at
              + list
              + ": it removes at least half of the NNGP's distance from the exact posterior in"
              + " mean, variance and log evidence";
      case NEARER ->
          at + list + " it is nearer to the exact posterior than the NNGP, by less than half";
      case FARTHER ->
          at
              + list
              + " it is farther from the exact posterior than the NNGP in "
              + widths.stream()
                  .flatMap(w -> w.comparisons().stream())
                  .filter(Comparison::isFarther)
                  .map(c -> ValidatedWidth.name(c.quantity()).replace('_', ' '))
                  .distinct()
                  .collect(Collectors.joining(" and "))
              + ", outside the expansion";
      case UNDECIDED ->
          at
              + list
              + " the noise of the draws hides which is nearer; more "
              + Key.VALIDATE_DRAWS
              + " would tell";
      case TOO_FEW_DRAWS ->
          at
              + list
              + " the effective sample size ("
              + widths.stream()
                  .map(w -> String.format(Locale.ROOT, "%.0f", w.exact().effectiveDraws()))
                  .collect(Collectors.joining(", "))
              + " of "
              + widths.get(0).exact().draws()
              + " draws) is too small to say; more "
              + Key.VALIDATE_DRAWS
              + " or fewer "
              + Key.VALIDATE_TRAIN_ROWS
              + " would help";
    };
  }
}
