package finitewidth.report.fit;

import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How much each feature counts, as bars from the largest on. */
final class FeatureFigure {
  private static final double HALF = 0.35;

  /** Beyond, names of features do not fit beneath their bars. */
  private static final int MOST_BARS = 40;

  /**
   * A feature and what it counts.
   *
   * @param lower end of an interval of 90 %; that of the value where there is none
   * @param upper likewise
   */
  record Bar(String feature, double value, double lower, double upper) {}

  private FeatureFigure() {}

  /**
   * @param what is shown, as in "has the largest …"
   * @param legend of the bars
   * @param intervals whether bars have some
   */
  static Figure of(List<Bar> bars, String what, String legend, boolean intervals) {
    List<Bar> sorted =
        bars.stream().sorted(Comparator.comparingDouble((Bar bar) -> -bar.value())).toList();
    List<Bar> shown = sorted.subList(0, Math.min(MOST_BARS, sorted.size()));
    int count = shown.size();
    double[] at = new double[count];
    double[] from = new double[count];
    double[] to = new double[count];
    double[] value = new double[count];
    double[] low = new double[count];
    double[] high = new double[count];
    List<Axis.Tick> ticks = new ArrayList<>();
    String heading = Character.toUpperCase(what.charAt(0)) + what.substring(1);
    Table.Builder table =
        intervals ? Table.of("Feature", heading, "5 %", "95 %") : Table.of("Feature", heading);
    for (int k = 0; k < count; k++) {
      Bar bar = shown.get(k);
      at[k] = k + 1;
      from[k] = k + 1 - HALF;
      to[k] = k + 1 + HALF;
      value[k] = bar.value();
      low[k] = bar.lower();
      high[k] = bar.upper();
      ticks.add(new Axis.Tick(k + 1, bar.feature()));
      if (intervals) {
        table.row(bar.feature(), bar.value(), bar.lower(), bar.upper());
      } else {
        table.row(bar.feature(), bar.value());
      }
    }
    List<Mark> marks = new ArrayList<>();
    marks.add(new Mark.Bars(legend, Colour.CORRECTED, false, from, to, value));
    if (intervals) {
      marks.add(new Mark.Spans("90 %", Colour.MUTED, at, low, high));
    }
    return new Figure(
        "feature-relevance",
        "Relevance of features",
        shown.get(0).feature()
            + " has the largest "
            + what
            + ", "
            + Numbers.shown(value[0])
            + ", and "
            + shown.get(count - 1).feature()
            + (count < sorted.size() ? " the smallest of those shown, " : " the smallest, ")
            + Numbers.shown(value[count - 1])
            + (intervals ? ". Lines are intervals of 90 %." : "."),
        Plot.of(
            Axis.linear("Feature").within(0.5, count + 0.5).ticked(ticks),
            Axis.linear(heading + " of the feature").within(0, Double.NaN),
            marks),
        table.table());
  }
}
