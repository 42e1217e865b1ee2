package finitewidth.report.fit;

import finitewidth.inference.work.Counted;
import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Predicted against observed; for classes, which are taken for which. */
final class PredictedSection {
  /** Outputs that have a plot. */
  private static final int MOST_OUTPUTS = 3;

  /** Rows in a plot: more would hide one another. */
  private static final int MOST_ROWS = 300;

  /** Classes that are told apart. */
  private static final int MOST_CLASSES = 12;

  private PredictedSection() {}

  static Optional<Section> of(FitResults results) {
    if (!results.scored() || results.rows().isEmpty()) {
      return Optional.empty();
    }
    if (results.classes()) {
      return Optional.of(
          Section.of(
              "predicted",
              "Predicted classes",
              List.of("Counts over " + results.ofRows() + "."),
              results.words().corrects()
                  ? List.of(confusion(results, true), confusion(results, false))
                  : List.of(confusion(results, false))));
    }
    List<Figure> figures = new ArrayList<>();
    int shown = Math.min(MOST_OUTPUTS, results.outputs().size());
    for (int i = 0; i < shown; i++) {
      figures.add(regression(results, i));
    }
    List<String> words = new ArrayList<>();
    words.add("Over " + results.ofRows() + ".");
    if (shown < results.outputs().size()) {
      words.add("Of " + results.outputs().size() + " outputs, the first " + shown + ".");
    }
    return Optional.of(Section.of("predicted", "Predicted against observed", words, figures));
  }

  private static Figure regression(FitResults results, int output) {
    List<RowResult> rows = results.rows();
    double noise = results.noise()[output];
    double[] observed = rows.stream().mapToDouble(r -> r.observed()[output]).toArray();
    double[] mean = rows.stream().mapToDouble(r -> r.mean(output)).toArray();
    double[] deviation =
        rows.stream().mapToDouble(r -> Math.sqrt(r.variance(output) + noise)).toArray();
    String name = results.words().corrects() ? "corrected mean" : "mean";
    List<Mark> marks = new ArrayList<>();
    int[] all = IntStream.range(0, Math.min(MOST_ROWS, rows.size())).toArray();
    int[] inside = Arrays.stream(all).filter(x -> rows.get(x).within()).toArray();
    int[] beyond = Arrays.stream(all).filter(x -> !rows.get(x).within()).toArray();
    double[] ends = {
      Arrays.stream(all).mapToDouble(x -> observed[x]).min().orElse(0),
      Arrays.stream(all).mapToDouble(x -> observed[x]).max().orElse(1)
    };
    marks.add(new Mark.Line("predicted = observed", Colour.MUTED, true, ends, ends));
    marks.add(
        new Mark.Spans(
            "± 2 standard deviations, noise included",
            Colour.CORRECTED,
            at(all, observed),
            Arrays.stream(all).mapToDouble(x -> mean[x] - 2 * deviation[x]).toArray(),
            Arrays.stream(all).mapToDouble(x -> mean[x] + 2 * deviation[x]).toArray()));
    marks.add(dots(name, Colour.CORRECTED, Mark.Shape.CIRCLE, rows, inside, observed, mean));
    if (beyond.length > 0) {
      marks.add(
          dots(
              results.words().failing(),
              Colour.WARNING,
              Mark.Shape.DIAMOND,
              rows,
              beyond,
              observed,
              mean));
    }
    long covered =
        IntStream.range(0, rows.size())
            .filter(x -> Math.abs(observed[x] - mean[x]) <= 2 * deviation[x])
            .count();
    String of = results.outputs().get(output);
    return new Figure(
        "predicted-" + (output + 1),
        "Predicted against observed: " + of,
        Numbers.percent((double) covered / rows.size())
            + " of the observed values are within two standard deviations of the "
            + name
            + ", where 95 % are expected."
            + (rows.size() > MOST_ROWS ? " The plot has " + MOST_ROWS + " of them." : ""),
        Plot.of(Axis.linear("Observed " + of), Axis.linear("Predicted " + of), marks),
        table(results, output, observed, mean, deviation));
  }

  private static Table table(
      FitResults results, int output, double[] observed, double[] mean, double[] deviation) {
    List<RowResult> rows = results.rows();
    if (!results.words().corrects()) {
      Table.Builder table = Table.of("Row", "Observed", "Mean", "Deviation with noise");
      for (int x = 0; x < rows.size(); x++) {
        table.row(rows.get(x).id(), observed[x], mean[x], deviation[x]);
      }
      return table.table();
    }
    Table.Builder table =
        Table.of(
            "Row",
            "Observed",
            "NNGP mean",
            "Corrected mean",
            "Deviation with noise",
            results.words().trusted());
    for (int x = 0; x < rows.size(); x++) {
      RowResult row = rows.get(x);
      table.row(row.id(), observed[x], row.nngpMean()[output], mean[x], deviation[x], row.within());
    }
    return table.table();
  }

  private static Mark dots(
      String name,
      Colour colour,
      Mark.Shape shape,
      List<RowResult> rows,
      int[] chosen,
      double[] x,
      double[] y) {
    List<String> labels =
        Arrays.stream(chosen)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "row %s: observed %s, predicted %s",
                        rows.get(i).id(),
                        Numbers.shown(x[i]),
                        Numbers.shown(y[i])))
            .toList();
    return new Mark.Dots(name, colour, shape, false, at(chosen, x), at(chosen, y), labels);
  }

  private static double[] at(int[] chosen, double[] values) {
    return Arrays.stream(chosen).mapToDouble(i -> values[i]).toArray();
  }

  private static Figure confusion(FitResults results, boolean corrected) {
    int classes = results.outputs().size();
    int told = Math.min(MOST_CLASSES, classes);
    int size = told < classes ? told + 1 : told;
    double[] counts = new double[size * size];
    long right = 0;
    long known = 0;
    for (RowResult row : results.rows()) {
      if (row.label() < 0) {
        continue;
      }
      int guess = 0;
      for (int i = 1; i < classes; i++) {
        if (value(row, i, corrected) > value(row, guess, corrected)) {
          guess = i;
        }
      }
      known++;
      right += guess == row.label() ? 1 : 0;
      counts[Math.min(row.label(), size - 1) * size + Math.min(guess, size - 1)]++;
    }
    List<String> names = new ArrayList<>(results.outputs().subList(0, told));
    if (told < classes) {
      names.add("others");
    }
    List<String> columns = new ArrayList<>(List.of("Observed"));
    names.forEach(name -> columns.add("predicted " + name));
    Table.Builder table = new Table.Builder(columns);
    for (int i = 0; i < size; i++) {
      List<Object> cells = new ArrayList<>(List.of(names.get(i)));
      for (int j = 0; j < size; j++) {
        cells.add((long) counts[i * size + j]);
      }
      table.row(cells.toArray());
    }
    return new Figure(
        corrected ? "confusion" : "confusion-nngp",
        corrected ? "Corrected, at the configured widths" : "Infinite width (NNGP)",
        right + " of " + Counted.of(known, "row") + " right: those on the diagonal.",
        Plot.square(
            Axis.linear("Predicted class"),
            Axis.linear("Observed class"),
            List.of(
                new Mark.Cells(
                    size,
                    size,
                    counts,
                    0,
                    Math.max(1, Arrays.stream(counts).max().orElse(1)),
                    true,
                    names,
                    names))),
        table.table());
  }

  private static double value(RowResult row, int i, boolean corrected) {
    return corrected ? row.mean(i) : row.nngpMean()[i];
  }
}
