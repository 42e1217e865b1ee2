package finitewidth.report.fit;

import finitewidth.inference.work.Counted;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A fit in a few sentences and a table. */
final class ShortSection {
  /** A difference of scores that is worth a sentence. */
  private static final double NOTABLE = 0.001;

  private static final String UNSCORED = "The test rows have no targets, so nothing is scored.";

  private ShortSection() {}

  static Section of(FitResults results) {
    return Section.of(
        "short",
        "In short",
        results.words().corrects() ? words(results) : alone(results),
        table(results));
  }

  /** Infinite width, with nothing beside it. */
  private static List<String> alone(FitResults results) {
    List<String> words = new ArrayList<>();
    words.add(
        "The posterior is that of the infinitely wide network: no width was read, and nothing was"
            + " corrected.");
    FitSummary.Order0 nngp = results.summary().nngp();
    if (results.scored()) {
      words.add(
          "The test error (RMSE) is %s, the negative log predictive density %s."
              .formatted(Numbers.shown(nngp.rmse()), Numbers.shown(nngp.nlpd())));
    } else {
      words.add(UNSCORED);
    }
    return words;
  }

  private static List<String> words(FitResults results) {
    List<String> words = new ArrayList<>();
    WidthCurve curve = results.curve();
    if (results.scored()) {
      words.add(best(results, "test error (RMSE)", curve.rmse(), true));
      if (Double.isFinite(curve.nlpd()[0])) {
        words.add(best(results, "negative log predictive density", curve.nlpd(), false));
      }
      if (curve.least(curve.rmse()) > 0 || curve.least(curve.nlpd()) > 0) {
        words.add(
            "Test rows have chosen these widths, so the scores there are a little flattered.");
      }
    } else {
      words.add(UNSCORED);
    }
    FitSummary summary = results.summary();
    long outside = summary.corrected().outsideExpansion();
    long rows = summary.data().correctedRows();
    words.add(
        "At the configured widths "
            + summary.network().hiddenWidths()
            + (outside == 0
                ? " all predictions are to be trusted."
                : ", "
                    + outside
                    + " of "
                    + Counted.of(rows, "prediction")
                    + (outside == 1 ? " is " : " are ")
                    + results.words().failing()
                    + ": "
                    + results.words().because()
                    + "."));
    summary.deltaLogEvidence().ifPresent(delta -> words.add(evidence(results.words(), delta)));
    return words;
  }

  /** Less than a nat decides nothing. */
  private static String evidence(MethodWords words, double delta) {
    String shift =
        (words.atAllWidths() ? " first order " : " it ")
            + (delta > 0 ? "raises" : "lowers")
            + " the log evidence at the configured widths by "
            + Numbers.shown(Math.abs(delta))
            + " nats.";
    return "The training targets "
        + (Math.abs(delta) < 1
            ? "hardly tell finite from infinite width:"
            : delta > 0 ? "favour finite width:" : "favour infinite width:")
        + shift;
  }

  private static String best(FitResults results, String what, double[] values, boolean relative) {
    WidthCurve curve = results.curve();
    int at = curve.least(values);
    if (at < 0) {
      return "The " + what + " is not known at any width.";
    }
    double gain = values[0] - values[at];
    boolean notable = relative ? gain > NOTABLE * values[0] : gain > NOTABLE;
    String infinite = Numbers.shown(values[0]);
    if (at == 0 || !notable) {
      return "No width %s has a lower %s than infinite width, %s, on these test rows."
          .formatted(results.words().within(), what, infinite);
    }
    return "Finite width helps: the "
        + what
        + " is lowest, "
        + Numbers.shown(values[at])
        + ", at widths of about "
        + WidthAxis.width(curve.inverse()[at])
        + ", where infinite width has "
        + infinite
        + (relative ? " (" + Numbers.percent(gain / values[0]) + " less)" : "")
        + ".";
  }

  private static Table table(FitResults results) {
    FitSummary summary = results.summary();
    boolean accuracy = results.classes() && results.scored();
    List<String> columns = new ArrayList<>(List.of("Widths"));
    if (results.scored()) {
      columns.addAll(List.of("RMSE", "nlpd"));
    }
    if (accuracy) {
      columns.add("Accuracy");
    }
    columns.add("Log evidence");
    if (results.words().corrects()) {
      columns.add(results.words().distrusted());
    }
    Table.Builder table = new Table.Builder(columns);
    FitSummary.Order0 nngp = summary.nngp();
    row(
        table,
        columns,
        "∞ (NNGP)",
        nngp.rmse(),
        nngp.nlpd(),
        nngp.accuracy(),
        nngp.logEvidence(),
        0);
    if (!results.words().corrects()) {
      return table.table();
    }
    summary
        .nngpOnCorrectedRows()
        .ifPresent(
            on ->
                row(
                    table,
                    columns,
                    "∞, on the " + on.rows() + " corrected rows",
                    on.rmse(),
                    on.nlpd(),
                    on.accuracy(),
                    nngp.logEvidence(),
                    0));
    FitSummary.Corrected own = summary.corrected();
    row(
        table,
        columns,
        summary.network().hiddenWidths() + " (configured)",
        own.rmse(),
        own.nlpd(),
        own.accuracy(),
        own.logEvidence(),
        own.outsideExpansion());
    for (FitSummary.AtWidth at : summary.widths()) {
      row(
          table,
          columns,
          Numbers.shown(at.width()),
          at.rmse(),
          at.nlpd(),
          at.accuracy(),
          at.logEvidence(),
          at.outsideExpansion());
    }
    return table.table();
  }

  private static void row(
      Table.Builder table,
      List<String> columns,
      String widths,
      OptionalDouble rmse,
      OptionalDouble nlpd,
      OptionalDouble accuracy,
      double evidence,
      long outside) {
    List<Object> cells = new ArrayList<>(List.of(widths));
    if (columns.contains("RMSE")) {
      cells.add(rmse.orElse(Double.NaN));
      cells.add(nlpd.orElse(Double.NaN));
    }
    if (columns.contains("Accuracy")) {
      cells.add(accuracy.orElse(Double.NaN));
    }
    cells.add(evidence);
    if (cells.size() < columns.size()) {
      cells.add(outside);
    }
    table.row(cells.toArray());
  }
}
