package finitewidth.report.fit;

import finitewidth.report.page.Axis;
import finitewidth.report.page.Colour;
import finitewidth.report.page.Figure;
import finitewidth.report.page.Mark;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Plot;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import java.util.ArrayList;
import java.util.List;

/** Third and fourth cumulants of predictions, and whether quantiles made of them hold. */
final class TailsSection {
  /** Points in the plot: more would hide one another. */
  private static final int MOST_POINTS = 300;

  private TailsSection() {}

  static Section of(FitResults results, Tails tails) {
    List<String> words = new ArrayList<>();
    words.add(
        "At finite width a prediction is not Gaussian, given the data: to first order in 1/width it"
            + " has a skewness and an excess kurtosis, which quantiles follow by Cornish and"
            + " Fisher's form. These are of "
            + (tails.ofTargets() ? "targets, noise included" : "the latent function, without noise")
            + ", over "
            + results.ofRows()
            + ".");
    List<Figure> figures = new ArrayList<>();
    figures.add(shape(results, tails));
    if (tails.ofTargets() && results.scored() && !results.classes()) {
      figures.add(coverage(results, tails));
    }
    return Section.of("tails", "Beyond mean and variance", words, figures);
  }

  private static Figure shape(FitResults results, Tails tails) {
    int outputs = results.outputs().size();
    Table.Builder table =
        Table.of("Row", "Output", "Skewness", "Excess kurtosis", "Density nowhere negative");
    Points fine = new Points();
    Points negative = new Points();
    double mostSkewness = 0;
    double mostKurtosis = 0;
    int flagged = 0;
    int count = 0;
    int shown = Math.max(1, Math.min(tails.rows().size(), MOST_POINTS / outputs));
    for (RowTails row : tails.rows().subList(0, shown)) {
      for (int i = 0; i < outputs; i++) {
        double skewness = row.skewness()[i];
        double kurtosis = row.excessKurtosis()[i];
        boolean positive = row.positive()[i];
        table.row(row.id(), results.outputs().get(i), skewness, kurtosis, positive);
        flagged += positive ? 0 : 1;
        mostSkewness = Math.max(mostSkewness, Math.abs(skewness));
        mostKurtosis = Math.max(mostKurtosis, Math.abs(kurtosis));
        count++;
        (positive ? fine : negative)
            .add(
                skewness,
                kurtosis,
                "row " + row.id() + (outputs > 1 ? ", " + results.outputs().get(i) : ""));
      }
    }
    List<Mark> marks = new ArrayList<>();
    marks.add(new Mark.Rule("", Colour.MUTED, true, 0));
    marks.add(new Mark.Rule("", Colour.MUTED, false, 0));
    marks.add(fine.dots("predictions", Colour.CORRECTED, Mark.Shape.CIRCLE));
    if (negative.size() > 0) {
      marks.add(negative.dots("density negative somewhere", Colour.WARNING, Mark.Shape.DIAMOND));
    }
    return new Figure(
        "tails-shape",
        "Skewness and excess kurtosis",
        "A Gaussian has 0 and 0. Skewness is at most %s in size, excess kurtosis at most %s. %s"
            .formatted(
                Numbers.shown(mostSkewness), Numbers.shown(mostKurtosis), negative(flagged, count)),
        Plot.of(Axis.linear("Skewness, κ₃/σ³"), Axis.linear("Excess kurtosis, κ₄/σ⁴"), marks),
        table.table());
  }

  private static String negative(int flagged, int count) {
    return flagged == 0
        ? "No prediction shown has a density that is negative anywhere."
        : """
        Of %s predictions shown %s %s a first-order density that is negative somewhere: its \
        quantiles are not to be trusted.\
        """
            .formatted(count, flagged, flagged == 1 ? "has" : "have");
  }

  /** Points that are told apart by how they look. */
  private static final class Points {
    private final List<Double> x = new ArrayList<>();
    private final List<Double> y = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();

    void add(double at, double height, String label) {
      x.add(at);
      y.add(height);
      labels.add(label);
    }

    int size() {
      return x.size();
    }

    Mark dots(String name, Colour colour, Mark.Shape shape) {
      return new Mark.Dots(name, colour, shape, false, numbers(x), numbers(y), labels);
    }

    private static double[] numbers(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  private static Figure coverage(FitResults results, Tails tails) {
    int probabilities = tails.probabilities().size();
    double[] p = tails.probabilities().stream().mapToDouble(Double::doubleValue).toArray();
    double[] below = new double[probabilities];
    double[] gaussian = new double[probabilities];
    double[] spread = new double[probabilities];
    for (int k = 0; k < probabilities; k++) {
      int count = 0;
      for (int x = 0; x < tails.rows().size(); x++) {
        RowTails row = tails.rows().get(x);
        double[] observed = results.rows().get(x).observed();
        for (int i = 0; i < observed.length; i++) {
          // A variance that is not positive has no quantiles.
          if (Double.isFinite(row.quantiles()[k][i])) {
            below[k] += observed[i] <= row.quantiles()[k][i] ? 1 : 0;
            gaussian[k] += observed[i] <= row.gaussian()[k][i] ? 1 : 0;
            count++;
          }
        }
      }
      below[k] /= count;
      gaussian[k] /= count;
      spread[k] = 2 * Math.sqrt(p[k] * (1 - p[k]) / count);
    }
    double[] low = new double[probabilities];
    double[] high = new double[probabilities];
    for (int k = 0; k < probabilities; k++) {
      low[k] = Math.max(0, p[k] - spread[k]);
      high[k] = Math.min(1, p[k] + spread[k]);
    }
    List<Mark> marks =
        List.of(
            new Mark.Line(
                "as many as there should be",
                Colour.MUTED,
                true,
                new double[] {0, 1},
                new double[] {0, 1}),
            new Mark.Spans("expected, 95 % of the time", Colour.MUTED, p, low, high),
            new Mark.Dots(
                "Gaussian quantiles", Colour.NNGP, Mark.Shape.SQUARE, true, p, gaussian, List.of()),
            new Mark.Dots(
                "with skewness and kurtosis", Colour.CORRECTED, Mark.Shape.CIRCLE, p, below));
    double off = 0;
    double gaussianOff = 0;
    for (int k = 0; k < probabilities; k++) {
      off = Math.max(off, Math.abs(below[k] - p[k]));
      gaussianOff = Math.max(gaussianOff, Math.abs(gaussian[k] - p[k]));
    }
    return new Figure(
        "tails-coverage",
        "Observed values below each quantile",
        """
        Farthest from its probability: %s with skewness and kurtosis, %s with the Gaussian of the \
        same mean and variance.\
        """
            .formatted(Numbers.percent(off), Numbers.percent(gaussianOff)),
        Plot.of(
            Axis.linear("Probability of the quantile").within(0, 1),
            Axis.linear("Share of the observed values below").within(0, 1),
            marks),
        Table.of("Probability", "Below the Gaussian quantile", "Below the quantile")
            .columns(p, gaussian, below)
            .table());
  }
}
