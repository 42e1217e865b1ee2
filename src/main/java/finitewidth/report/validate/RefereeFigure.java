package finitewidth.report.validate;

import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Table;
import finitewidth.report.summary.Refereed;
import finitewidth.report.summary.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Distances from the exact posterior against the width, a line for each method. */
final class RefereeFigure {
  private static final Mark.Shape[] SHAPES = Mark.Shape.values();

  private RefereeFigure() {}

  /**
   * @param label of the distances, with their units
   * @param quantity of which they are distances
   */
  static Figure of(
      String id, String title, String label, List<Refereed.Method> methods, String quantity) {
    List<Mark> marks = new ArrayList<>();
    List<String> columns = new ArrayList<>(List.of("Width"));
    for (int m = 0; m < methods.size(); m++) {
      add(marks, methods.get(m), quantity, m);
      columns.add(methods.get(m).method());
      columns.add(methods.get(m).method() + ", standard error");
    }
    Table.Builder table = new Table.Builder(columns);
    List<Integer> widths = new ArrayList<>();
    for (int w = 0; w < methods.get(0).widths().size(); w++) {
      List<Object> cells = new ArrayList<>();
      widths.add(methods.get(0).widths().get(w).width());
      cells.add(widths.get(w));
      for (Refereed.Method method : methods) {
        Validation.Distance distance = method.widths().get(w).in(quantity);
        cells.add(distance.value());
        cells.add(distance.standardError());
      }
      table.row(cells.toArray());
    }
    return new Figure(
        id,
        title,
        "Root mean square over test rows, bars of two standard errors. What the noise of the exact"
            + " posterior hides is left out.",
        Plot.of(RemainderFigure.widthAxis(widths), Axis.log(label), marks),
        table.table());
  }

  private static void add(List<Mark> marks, Refereed.Method method, String quantity, int m) {
    int n = method.widths().size();
    double[] width = new double[n];
    double[] value = new double[n];
    double[] low = new double[n];
    double[] high = new double[n];
    List<String> labels = new ArrayList<>();
    for (int w = 0; w < n; w++) {
      Refereed.MethodAtWidth at = method.widths().get(w);
      Validation.Distance distance = at.in(quantity);
      width[w] = at.width();
      value[w] = distance.resolved() ? distance.value() : Double.NaN;
      low[w] = value[w] - 2 * distance.standardError();
      high[w] = value[w] + 2 * distance.standardError();
      labels.add(
          String.format(
              Locale.ROOT,
              "%s, width %d: %.3g ± %.1g",
              method.method(),
              at.width(),
              distance.value(),
              distance.standardError()));
    }
    Colour colour = method.method().equals("nngp") ? Colour.NNGP : Colour.series(m);
    marks.add(new Mark.Line("", colour, false, width, value));
    marks.add(new Mark.Spans("", colour, width, low, high));
    marks.add(
        new Mark.Dots(
            method.method(), colour, SHAPES[m % SHAPES.length], false, width, value, labels));
  }
}
