package finitewidth.report.validate;

import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Table;
import finitewidth.report.summary.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What first order and the NNGP leave of one quantity, against the width, both logarithmic. */
final class RemainderFigure {
  private RemainderFigure() {}

  /**
   * @param label of the distances, with their units
   * @param of what is left at a width
   * @param slopes of it
   * @param corrects whether something stands beside the NNGP
   */
  static Figure of(
      String id,
      String title,
      String label,
      List<Validation.AtWidth> widths,
      Function<Validation.AtWidth, Validation.Remainder> of,
      Validation.Slopes slopes,
      boolean corrects) {
    List<Mark> marks = new ArrayList<>();
    add(marks, widths, of, false, slopes.nngp());
    if (corrects) {
      add(marks, widths, of, true, slopes.corrected());
    }
    return new Figure(
        id,
        title,
        corrects
            ? "Fitted slopes: corrected "
                + shown(slopes.corrected())
                + ", NNGP "
                + shown(slopes.nngp())
                + ". First order should leave −2, the NNGP −1."
            : "Fitted slope: " + shown(slopes.nngp()) + ". The NNGP should leave −1.",
        Plot.of(
            widthAxis(widths.stream().map(Validation.AtWidth::width).toList()),
            Axis.log(label),
            marks),
        corrects ? both(widths, of) : infinite(widths, of));
  }

  private static Table both(
      List<Validation.AtWidth> widths, Function<Validation.AtWidth, Validation.Remainder> of) {
    Table.Builder table =
        Table.of(
            "Width",
            "Corrected",
            "Standard error",
            "Bound",
            "NNGP",
            "Standard error of it",
            "Bound of it");
    for (Validation.AtWidth at : widths) {
      Validation.Remainder remainder = of.apply(at);
      table.row(
          at.width(),
          remainder.corrected().value(),
          remainder.corrected().standardError(),
          remainder.corrected().bound(),
          remainder.nngp().value(),
          remainder.nngp().standardError(),
          remainder.nngp().bound());
    }
    return table.table();
  }

  private static Table infinite(
      List<Validation.AtWidth> widths, Function<Validation.AtWidth, Validation.Remainder> of) {
    Table.Builder table = Table.of("Width", "NNGP", "Standard error", "Bound");
    for (Validation.AtWidth at : widths) {
      Validation.Distance nngp = of.apply(at).nngp();
      table.row(at.width(), nngp.value(), nngp.standardError(), nngp.bound());
    }
    return table.table();
  }

  private static String shown(Optional<Validation.Slope> slope) {
    return slope
        .map(
            s ->
                String.format(Locale.ROOT, "%.2f ± %.2f", s.value(), s.standardError())
                    .replace('-', '−'))
        .orElse("not resolved");
  }

  /** The widths, each with its tick. */
  static Axis widthAxis(List<Integer> widths) {
    List<Axis.Tick> ticks = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int width : widths) {
      ticks.add(new Axis.Tick(width, Integer.toString(width)));
      least = Math.min(least, width);
      most = Math.max(most, width);
    }
    return Axis.log("Width of the hidden layers").within(least / 1.15, most * 1.15).ticked(ticks);
  }

  private static void add(
      List<Mark> marks,
      List<Validation.AtWidth> widths,
      Function<Validation.AtWidth, Validation.Remainder> of,
      boolean corrected,
      Optional<Validation.Slope> slope) {
    Colour colour = corrected ? Colour.CORRECTED : Colour.NNGP;
    int n = widths.size();
    double[] width = new double[n];
    double[] value = new double[n];
    double[] bound = new double[n];
    double[] low = new double[n];
    double[] high = new double[n];
    boolean bounds = false;
    for (int w = 0; w < n; w++) {
      Validation.AtWidth at = widths.get(w);
      Validation.Remainder remainder = of.apply(at);
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
            name, colour, corrected ? Mark.Shape.CIRCLE : Mark.Shape.SQUARE, width, value));
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
