package finitewidth.report.fit;

import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scores along 1/n. */
final class WidthSection {
  private WidthSection() {}

  static Section of(FitResults results) {
    List<Figure> figures = new ArrayList<>();
    FitSummary summary = results.summary();
    WidthCurve curve = results.curve();
    WidthScore rmse =
        new WidthScore(
            "rmse-by-width", "Test error", unit(results), curve.rmse(), false, Optional.empty());
    WidthScore nlpd =
        new WidthScore(
            "nlpd-by-width",
            "Negative log predictive density",
            "Test nlpd, nats per row (lower is better)",
            curve.nlpd(),
            false,
            Optional.empty());
    if (results.scored()) {
      figures.add(
          rmse.figure(
              results,
              ReportedScores.of(
                  summary,
                  FitSummary.Corrected::rmse,
                  FitSummary.AtWidth::rmse,
                  summary.nngp().rmse()),
              ReportedScores.firstOrder(
                  summary, FitSummary.FirstOrder::rmse, summary.nngp().rmse())));
      figures.add(
          nlpd.figure(
              results,
              ReportedScores.of(
                  summary,
                  FitSummary.Corrected::nlpd,
                  FitSummary.AtWidth::nlpd,
                  summary.nngp().nlpd()),
              ReportedScores.firstOrder(
                  summary, FitSummary.FirstOrder::nlpd, summary.nngp().nlpd())));
    }
    if (results.scored() && results.classes()) {
      WidthScore accuracy =
          new WidthScore(
              "accuracy-by-width",
              "Accuracy",
              "Share of test rows that are classified right",
              curve.accuracy(),
              true,
              Optional.empty());
      figures.add(
          accuracy.figure(
              results,
              ReportedScores.of(
                  summary,
                  FitSummary.Corrected::accuracy,
                  FitSummary.AtWidth::accuracy,
                  summary.nngp().accuracy()),
              ReportedScores.none()));
    }
    figures.add(outside(results.words(), curve));
    return Section.of(
        "widths",
        "By width",
        List.of(
            results.words().curves()
                + (curve.rows() < summary.data().correctedRows()
                    ? " Curves are those of "
                        + curve.rows()
                        + " random test rows, points those of all."
                    : "")),
        figures);
  }

  private static String unit(FitResults results) {
    if (results.classes()) {
      return "Test RMSE, in units of the class code";
    }
    return "Test RMSE, in units of "
        + (results.outputs().size() == 1 ? results.outputs().get(0) : "the targets");
  }

  private static Figure outside(MethodWords words, WidthCurve curve) {
    double last = curve.inverse()[curve.inverse().length - 1];
    List<Mark> marks = new ArrayList<>(WidthAxis.shade(words, curve));
    marks.add(
        new Mark.Line(
            "share of test rows", Colour.CORRECTED, false, curve.inverse(), curve.outside()));
    marks.add(new Mark.Rule("5 %", Colour.MUTED, false, 0.05));
    return new Figure(
        "outside-by-width",
        "Predictions " + words.failing(),
        "%s At the widest networks it is %s, at the narrowest shown %s."
            .formatted(
                words.failure(),
                Numbers.percent(curve.outside()[1]),
                Numbers.percent(curve.outside()[curve.outside().length - 1])),
        Plot.of(
            WidthAxis.of(last),
            Axis.linear("Share of test rows " + words.failing()).within(0, Double.NaN),
            marks),
        Table.of("1/width", "Share " + words.failing())
            .columns(curve.inverse(), curve.outside())
            .table());
  }
}
