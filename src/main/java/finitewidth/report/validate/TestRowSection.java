package finitewidth.report.validate;

import finitewidth.inference.work.Counted;
import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Test rows one by one: exact, corrected and infinite width. */
final class TestRowSection {
  /** Points of a plot. */
  private static final int MOST_POINTS = 60;

  private TestRowSection() {}

  static Section of(List<String> outputs, Validation validation) {
    List<Figure> figures = new ArrayList<>();
    for (Validation.AtWidth at : chosen(validation)) {
      figures.add(means(at, outputs, validation.corrects()));
      figures.add(variances(at, outputs, validation.corrects()));
    }
    return Section.of(
        "points",
        "Test rows one by one",
        List.of(
            "What is left between a posterior and the exact one at every test row, in order of"
                + " the exact mean"
                + (outputs.size() > 1 ? ", for the first output, " + outputs.get(0) : "")
                + ": at the narrowest and at the widest width. A point at 0 is exact;"
                + " bars are two standard errors of the exact posterior."),
        figures);
  }

  private static List<Validation.AtWidth> chosen(Validation validation) {
    List<Validation.AtWidth> widths = validation.widths();
    return widths.size() == 1 ? widths : List.of(widths.get(0), widths.get(widths.size() - 1));
  }

  private static Figure means(Validation.AtWidth at, List<String> outputs, boolean corrects) {
    List<Validation.TestRow> rows = sorted(at);
    double[] scale = rows.stream().mapToDouble(p -> Math.sqrt(p.nngpVariance()[0])).toArray();
    return figure(
        "points-mean-" + at.width(),
        "Mean of " + outputs.get(0) + " at width " + at.width(),
        "(mean − exact mean) / deviation of the NNGP",
        rows,
        rows.stream().mapToDouble(p -> p.exactMean()[0]).toArray(),
        rows.stream().mapToDouble(p -> p.exactMeanStandardError()[0]).toArray(),
        rows.stream().mapToDouble(p -> p.correctedMean()[0]).toArray(),
        rows.stream().mapToDouble(p -> p.nngpMean()[0]).toArray(),
        scale,
        corrects);
  }

  private static Figure variances(Validation.AtWidth at, List<String> outputs, boolean corrects) {
    List<Validation.TestRow> rows = sorted(at);
    double[] scale = rows.stream().mapToDouble(p -> p.nngpVariance()[0]).toArray();
    return figure(
        "points-variance-" + at.width(),
        "Variance of " + outputs.get(0) + " at width " + at.width(),
        "(variance − exact variance) / variance of the NNGP",
        rows,
        rows.stream().mapToDouble(p -> p.exactVariance()[0]).toArray(),
        rows.stream().mapToDouble(p -> p.exactVarianceStandardError()[0]).toArray(),
        rows.stream().mapToDouble(p -> p.correctedVariance()[0]).toArray(),
        rows.stream().mapToDouble(p -> p.nngpVariance()[0]).toArray(),
        scale,
        corrects);
  }

  private static List<Validation.TestRow> sorted(Validation.AtWidth at) {
    return at.points().stream().sorted(Comparator.comparingDouble(p -> p.exactMean()[0])).toList();
  }

  private static Figure figure(
      String id,
      String title,
      String label,
      List<Validation.TestRow> rows,
      double[] exact,
      double[] error,
      double[] corrected,
      double[] nngp,
      double[] scale,
      boolean corrects) {
    int n = rows.size();
    double[] place = IntStream.rangeClosed(1, n).mapToDouble(i -> i).toArray();
    double[] toCorrected = apart(corrected, exact, scale);
    double[] toNngp = apart(nngp, exact, scale);
    double[] low = IntStream.range(0, n).mapToDouble(i -> -2 * error[i] / scale[i]).toArray();
    double[] high = IntStream.range(0, n).mapToDouble(i -> 2 * error[i] / scale[i]).toArray();
    long nearer =
        IntStream.range(0, n).filter(i -> Math.abs(toCorrected[i]) < Math.abs(toNngp[i])).count();
    int most = Math.min(n, MOST_POINTS);
    List<Mark> marks = new ArrayList<>();
    marks.add(new Mark.Rule("exact", Colour.TRUTH, false, 0));
    marks.add(
        new Mark.Spans(
            "± 2 standard errors of exact",
            Colour.TRUTH,
            first(place, most),
            first(low, most),
            first(high, most)));
    marks.add(
        new Mark.Dots(
            "NNGP",
            Colour.NNGP,
            Mark.Shape.SQUARE,
            true,
            first(place, most),
            first(toNngp, most),
            labels(rows, most)));
    if (corrects) {
      marks.add(
          new Mark.Dots(
              "corrected",
              Colour.CORRECTED,
              Mark.Shape.CIRCLE,
              false,
              first(place, most),
              first(toCorrected, most),
              labels(rows, most)));
    }
    return new Figure(
        id,
        title,
        (corrects
                ? "The corrected posterior is nearer to the exact one than the NNGP at "
                    + nearer
                    + " of "
                    + Counted.of(n, "test row")
                    + "."
                : Counted.of(n, "test row") + ".")
            + (most < n ? " The plot has the first " + most + "." : ""),
        Plot.of(
            Axis.linear("Test row, in order of the exact mean").within(0, most + 1),
            Axis.linear(label),
            marks),
        corrects ? both(rows, exact, error, corrected, nngp) : infinite(rows, exact, error, nngp));
  }

  private static Table both(
      List<Validation.TestRow> rows,
      double[] exact,
      double[] error,
      double[] corrected,
      double[] nngp) {
    Table.Builder table =
        Table.of("Row", "Exact", "Standard error", "Corrected", "NNGP", "Within the expansion");
    for (int i = 0; i < exact.length; i++) {
      table.row(
          rows.get(i).id().toString(),
          exact[i],
          error[i],
          corrected[i],
          nngp[i],
          rows.get(i).withinExpansion());
    }
    return table.table();
  }

  private static Table infinite(
      List<Validation.TestRow> rows, double[] exact, double[] error, double[] nngp) {
    Table.Builder table = Table.of("Row", "Exact", "Standard error", "NNGP");
    for (int i = 0; i < exact.length; i++) {
      table.row(rows.get(i).id().toString(), exact[i], error[i], nngp[i]);
    }
    return table.table();
  }

  private static List<String> labels(List<Validation.TestRow> rows, int most) {
    return rows.stream().limit(most).map(p -> "row " + p.id()).toList();
  }

  private static double[] first(double[] values, int most) {
    return Arrays.copyOf(values, most);
  }

  private static double[] apart(double[] values, double[] exact, double[] scale) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> (values[i] - exact[i]) / scale[i])
        .toArray();
  }
}
