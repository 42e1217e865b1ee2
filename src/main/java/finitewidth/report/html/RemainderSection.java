package finitewidth.report.html;

import finitewidth.report.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
      figures.add(figure(validation, quantity));
    }
    return Section.of(
        "remainder",
        "Distance from the exact posterior",
        List.of(
            "Root mean square over test rows. Where first order holds, what it leaves falls as the"
                + " width to the power −2, and what the NNGP leaves as −1. Distances that the noise of"
                + " the draws hides are shown as upper bounds."),
        figures);
  }

  private static Figure figure(Validation validation, String quantity) {
    String name = quantity.replace('_', ' ');
    List<Mark> marks = new ArrayList<>();
    Validation.Slopes slopes = validation.slopes().get(quantity);
    add(marks, validation, quantity, false, slopes.nngp());
    add(marks, validation, quantity, true, slopes.corrected());
    Table.Builder table =
        Table.of(
            "Width",
            "Corrected",
            "Standard error",
            "Bound",
            "NNGP",
            "Standard error of it",
            "Bound of it");
    for (Validation.AtWidth at : validation.widths()) {
      Validation.Remainder remainder = at.remainder().get(quantity);
      table.row(
          at.width(),
          remainder.corrected().value(),
          remainder.corrected().standardError(),
          remainder.corrected().bound(),
          remainder.nngp().value(),
          remainder.nngp().standardError(),
          remainder.nngp().bound());
    }
    return new Figure(
        "remainder-" + quantity.replace('_', '-'),
        "Distance in " + name,
        "Fitted slopes: corrected "
            + shown(slopes.corrected())
            + ", NNGP "
            + shown(slopes.nngp())
            + ". First order should leave −2, the NNGP −1.",
        Plot.of(
            widthAxis(validation),
            Axis.log("Distance in " + name + ", " + UNITS.get(quantity)),
            marks),
        table.table());
  }

  private static String shown(Optional<Validation.Slope> slope) {
    return slope
        .map(
            s ->
                String.format(Locale.ROOT, "%.2f ± %.2f", s.value(), s.standardError())
                    .replace('-', '−'))
        .orElse("not resolved");
  }

  static Axis widthAxis(Validation validation) {
    List<Axis.Tick> ticks = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (Validation.AtWidth at : validation.widths()) {
      ticks.add(new Axis.Tick(at.width(), Integer.toString(at.width())));
      least = Math.min(least, at.width());
      most = Math.max(most, at.width());
    }
    return Axis.log("Width of the hidden layers").within(least / 1.15, most * 1.15).ticked(ticks);
  }

  private static void add(
      List<Mark> marks,
      Validation validation,
      String quantity,
      boolean corrected,
      Optional<Validation.Slope> slope) {
    Colour colour = corrected ? Colour.CORRECTED : Colour.NNGP;
    int n = validation.widths().size();
    double[] width = new double[n];
    double[] value = new double[n];
    double[] bound = new double[n];
    double[] low = new double[n];
    double[] high = new double[n];
    boolean bounds = false;
    for (int w = 0; w < n; w++) {
      Validation.AtWidth at = validation.widths().get(w);
      Validation.Remainder remainder = at.remainder().get(quantity);
      Validation.Distance distance = corrected ? remainder.corrected() : remainder.nngp();
      width[w] = at.width();
      boolean resolved = distance.resolved();
      value[w] = resolved ? distance.value() : Double.NaN;
      low[w] = resolved ? distance.value() - 2 * distance.standardError() : Double.NaN;
      high[w] = resolved ? distance.value() + 2 * distance.standardError() : Double.NaN;
      bound[w] = resolved ? Double.NaN : distance.bound();
      bounds |= !resolved;
    }
    String name = corrected ? "corrected" : "NNGP";
    slope.ifPresent(
        s ->
            marks.add(
                new Mark.Line(
                    String.format(Locale.ROOT, "%s: slope %.2f", name, s.value()).replace('-', '−'),
                    colour,
                    !corrected,
                    width,
                    line(width, value, s.value()))));
    marks.add(new Mark.Spans("", colour, width, low, high));
    marks.add(
        new Mark.Dots(
            name,
            colour,
            corrected ? Mark.Shape.CIRCLE : Mark.Shape.SQUARE,
            false,
            width,
            value,
            List.of()));
    if (bounds) {
      marks.add(
          new Mark.Dots(
              name + ": below this", colour, Mark.Shape.TRIANGLE, true, width, bound, List.of()));
    }
  }

  /** A power of the width through the middle of what is resolved. */
  private static double[] line(double[] width, double[] value, double slope) {
    double sum = 0;
    int count = 0;
    for (int w = 0; w < width.length; w++) {
      if (value[w] > 0) {
        sum += Math.log(value[w]) - slope * Math.log(width[w]);
        count++;
      }
    }
    double[] line = new double[width.length];
    for (int w = 0; w < width.length; w++) {
      line[w] = Math.exp(sum / count + slope * Math.log(width[w]));
    }
    return line;
  }
}
