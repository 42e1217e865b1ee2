package finitewidth.report.validate;

import finitewidth.report.page.Figure;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.Refereed;
import finitewidth.report.summary.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which of several methods is nearest to the exact posterior, in words, numbers and pictures. */
final class RefereeSection {
  private static final Map<String, String> UNITS =
      Map.of(
          "mean", "in posterior deviations of the NNGP",
          "variance", "in units of the NNGP's",
          "log_evidence", "in nats");

  private RefereeSection() {}

  static Section of(Refereed refereed) {
    List<String> words = new ArrayList<>();
    words.add(
        "The method to use is the one that is nearest to the exact posterior in mean and variance"
            + " together: the least sum of their mean squares over test rows.");
    Arrays.stream(refereed.verdict().split("; "))
        .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1) + ".")
        .forEach(words::add);
    List<Figure> figures = new ArrayList<>();
    for (String quantity : List.of("mean", "variance", "log_evidence")) {
      figures.add(figure(refereed, quantity));
    }
    return new Section(
        "referee", "Which method to use", words, Optional.of(table(refereed)), figures);
  }

  private static Table table(Refereed refereed) {
    Table.Builder table =
        Table.of(
            "Width",
            "Method",
            "Mean",
            "Variance",
            "Log evidence",
            "Log density of test rows",
            "Gain over NNGP",
            "Seconds of all widths",
            "Nearest in");
    for (int w = 0; w < refereed.widths().size(); w++) {
      Refereed.AtWidth width = refereed.widths().get(w);
      for (Refereed.Method method : refereed.methods()) {
        Refereed.MethodAtWidth at = method.widths().get(w);
        table.row(
            at.width(),
            method.method(),
            shown(at.in("mean")),
            shown(at.in("variance")),
            shown(at.in("log_evidence")),
            at.density().<Object>map(Refereed.Density::logDensity).orElse("—"),
            at.density().map(RefereeSection::gain).orElse("—"),
            method.seconds().isPresent() ? method.seconds().getAsDouble() : "—",
            nearest(width, method.method()));
      }
      if (width.exactDensity().isPresent()) {
        Refereed.Density exact = width.exactDensity().get();
        table.row(width.width(), "exact", "0", "0", "0", exact.logDensity(), gain(exact), "—", "—");
      }
    }
    return table.table();
  }

  private static String gain(Refereed.Density density) {
    return String.format(Locale.ROOT, "%.4f ± %.4f", density.gain(), density.gainStandardError())
        .replace('-', '−');
  }

  /** A distance that noise hides has a bound alone. */
  private static String shown(Validation.Distance distance) {
    return distance.resolved()
        ? String.format(Locale.ROOT, "%.3g ± %.1g", distance.value(), distance.standardError())
        : String.format(Locale.ROOT, "< %.2g", distance.bound());
  }

  private static String nearest(Refereed.AtWidth width, String method) {
    List<String> in = new ArrayList<>();
    width
        .nearest()
        .forEach(
            (quantity, names) -> {
              if (names.contains(method)) {
                in.add(
                    quantity.replace('_', ' ') + (names.get(0).equals(method) ? "" : " (or tied)"));
              }
            });
    return in.isEmpty() ? "—" : String.join(", ", in);
  }

  private static Figure figure(Refereed refereed, String quantity) {
    String name = quantity.replace('_', ' ');
    return RefereeFigure.of(
        "referee-" + quantity.replace('_', '-'),
        "Distance of each method in " + name,
        "Distance in " + name + ", " + UNITS.get(quantity),
        refereed.methods(),
        quantity);
  }
}
