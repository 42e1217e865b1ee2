package finitewidth.report.validate;

import finitewidth.report.page.Figure;
import finitewidth.report.page.Section;
import finitewidth.report.summary.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What first order leaves, against the width. */
final class RemainderSection {
  private static final Map<String, String> UNITS =
      Map.of(
          "mean", "in posterior standard deviations of the NNGP",
          "variance", "in units of the NNGP's variance",
          "log_evidence", "in nats");

  private RemainderSection() {}

  static Section of(Validation validation) {
    List<Figure> figures = new ArrayList<>();
    for (String quantity : validation.slopes().keySet()) {
      String name = quantity.replace('_', ' ');
      figures.add(
          RemainderFigure.of(
              "remainder-" + quantity.replace('_', '-'),
              "Distance in " + name,
              "Distance in " + name + ", " + UNITS.get(quantity),
              validation.widths(),
              at -> at.remainder().get(quantity),
              validation.slopes().get(quantity),
              validation.corrects()));
    }
    return Section.of(
        "remainder",
        "Distance from the exact posterior",
        List.of(
            "Root mean square over test rows. "
                + (validation.corrects()
                    ? "Where first order holds, what it leaves falls as the width to the power −2,"
                        + " and what the NNGP leaves as −1."
                    : "At wide networks it falls as the width to the power −1.")
                + " Distances that the noise of the exact posterior hides are shown as upper"
                + " bounds."),
        figures);
  }
}
