package finitewidth.job.validate;

import finitewidth.inference.comparison.Comparison;
import finitewidth.inference.comparison.Trust;
import finitewidth.job.config.PosteriorConfig;
import finitewidth.job.config.ValidateConfig;
import finitewidth.settings.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * At which widths what is judged can be trusted on these data, in words.
 *
 * @param judged how that was had
 * @param by how the exact posterior was had: draws or chains
 */
record ValidateVerdict(PosteriorConfig.Method judged, ValidateConfig.Method by) {

  String of(List<ValidatedWidth> widths) {
    List<String> parts = new ArrayList<>();
    for (Trust trust : Trust.values()) {
      List<ValidatedWidth> alike = widths.stream().filter(w -> w.trust() == trust).toList();
      if (!alike.isEmpty()) {
        parts.add(part(trust, alike));
      }
    }
    if (!isTrusted(widths)) {
      parts.add(0, "at none of these widths is it shown that " + subject() + " can be trusted");
    }
    return String.join("; ", parts);
  }

  /** Whether it can be trusted at one of them at least. */
  static boolean isTrusted(List<ValidatedWidth> widths) {
    return widths.stream().anyMatch(w -> w.trust() == Trust.TRUSTWORTHY);
  }

  private String subject() {
    return switch (judged) {
      case FIRST_ORDER -> "the correction";
      case RENORMALISED -> "renormalised first order";
      case LINEAR -> "the posterior of deep linear networks";
      case PROPORTIONAL -> "kernel renormalisation";
      case ADAPTIVE -> "the adapted kernel";
      case DEEP_KERNEL -> "the deep kernel machine";
      case NETWORKS -> "the posterior by chains";
      case ENSEMBLE -> "the posterior by draws";
      case NNGP -> "infinite width";
    };
  }

  private String part(Trust trust, List<ValidatedWidth> widths) {
    String at = (widths.size() == 1 ? "at width " : "at widths ") + list(widths);
    return switch (trust) {
      case TRUSTWORTHY -> subject() + " can be trusted " + at + ": " + why();
      case NEARER ->
          at
              + " it is nearer to the exact posterior than the NNGP, but not shown to remove half"
              + " of the distance";
      case FARTHER ->
          "%s it is farther from the exact posterior than the NNGP in %s%s"
              .formatted(
                  at,
                  quantities(widths, Comparison::isFarther),
                  judged == PosteriorConfig.Method.FIRST_ORDER ? ", outside the expansion" : "");
      case APART ->
          at
              + " it is told from the exact posterior in "
              + quantities(widths, c -> c.nngp().isResolved());
      case UNDECIDED ->
          "%s the noise of the %s hides %s; more %s would tell"
              .formatted(
                  at,
                  by == ValidateConfig.Method.CHAINS ? "chains" : "draws",
                  judged == PosteriorConfig.Method.NNGP
                      ? "how far it is from the exact posterior"
                      : "which is nearer",
                  more());
      case TOO_FEW_DRAWS ->
          at
              + " the effective sample size ("
              + widths.stream()
                  .map(w -> String.format(Locale.ROOT, "%.0f", w.exact().truth().effectiveDraws()))
                  .collect(Collectors.joining(", "))
              + " of "
              + widths.get(0).exact().draws()
              + " draws) is too small to say; more "
              + Key.VALIDATE_DRAWS
              + ", fewer "
              + Key.VALIDATE_TRAIN_ROWS
              + " or "
              + Key.VALIDATE_METHOD
              + " = chains would help";
      case NOT_CONVERGED ->
          at
              + " the chains have not converged (R-hat up to "
              + widths.stream()
                  .flatMap(w -> w.exact().chained().stream())
                  .map(chains -> String.format(Locale.ROOT, "%.2f", chains.worstRhat()))
                  .collect(Collectors.joining(", "))
              + "), and nothing is said; more "
              + more()
              + " would help";
    };
  }

  /** What it means that it can be trusted. */
  private String why() {
    return judged == PosteriorConfig.Method.NNGP
        ? "its distance from the exact posterior is below "
            + Trust.NEGLIGIBLE
            + " in mean, variance and log evidence"
        : "it removes at least half of the NNGP's distance from the exact posterior in mean,"
            + " variance and log evidence";
  }

  private static String quantities(List<ValidatedWidth> widths, Predicate<Comparison> some) {
    return widths.stream()
        .flatMap(w -> w.comparisons().stream())
        .filter(some)
        .map(c -> ValidatedWidth.name(c.quantity()).replace('_', ' '))
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  private static String list(List<ValidatedWidth> widths) {
    return widths.stream().map(w -> Integer.toString(w.width())).collect(Collectors.joining(", "));
  }

  /** What takes noise away. */
  private String more() {
    return by == ValidateConfig.Method.CHAINS
        ? Key.NETWORKS_MAX_ITERATIONS + " and " + Key.NETWORKS_CHAINS
        : Key.VALIDATE_DRAWS.toString();
  }
}
