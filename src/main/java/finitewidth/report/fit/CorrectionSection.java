package finitewidth.report.fit;

import finitewidth.posterior.Expansion;
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
import java.util.Optional;

/** How large the correction is beside the posterior that it corrects. */
final class CorrectionSection {
  /** Points in the plot: more would hide one another. */
  private static final int MOST_POINTS = 300;

  private CorrectionSection() {}

  static Optional<Section> of(FitResults results) {
    List<RowResult> rows = results.rows().stream().filter(RowResult::isCorrected).toList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    int outputs = results.outputs().size();
    int count = Math.max(1, Math.min(rows.size(), MOST_POINTS / outputs));
    double[] mean = new double[count * outputs];
    double[] variance = new double[mean.length];
    List<String> ids = new ArrayList<>();
    boolean[] within = new boolean[mean.length];
    for (int k = 0; k < mean.length; k++) {
      RowResult row = rows.get(k / outputs);
      int i = k % outputs;
      mean[k] = row.deltaMean()[i] / Math.sqrt(row.nngpVariance()[i]);
      variance[k] =
          row.deltaVariance().length > 0 ? row.deltaVariance()[i] / row.nngpVariance()[i] : 0;
      within[k] =
          Math.abs(mean[k]) < Expansion.MEAN_SHIFT
              && Math.abs(variance[k]) < Expansion.VARIANCE_SHIFT;
      ids.add(outputs == 1 ? row.id() : row.id() + ", " + results.outputs().get(i));
    }
    boolean variances = rows.get(0).deltaVariance().length > 0;
    List<Mark> marks = new ArrayList<>();
    marks.add(
        new Mark.Shade(
            "within the expansion",
            Colour.MUTED,
            0 - Expansion.MEAN_SHIFT,
            Expansion.MEAN_SHIFT,
            0 - Expansion.VARIANCE_SHIFT,
            Expansion.VARIANCE_SHIFT));
    marks.add(new Mark.Rule("", Colour.MUTED, true, 0));
    marks.add(new Mark.Rule("", Colour.MUTED, false, 0));
    marks.add(
        points(
            "test rows", Colour.CORRECTED, Mark.Shape.CIRCLE, true, within, mean, variance, ids));
    if (!all(within)) {
      marks.add(
          points(
              "outside the expansion",
              Colour.WARNING,
              Mark.Shape.DIAMOND,
              false,
              within,
              mean,
              variance,
              ids));
    }
    Table.Builder table = Table.of("Row", "Shift of the mean", "Shift of the variance");
    for (int k = 0; k < mean.length; k++) {
      table.row(ids.get(k), mean[k], variance[k]);
    }
    double[] sizes = Arrays.stream(mean).map(Math::abs).sorted().toArray();
    double[] changes = Arrays.stream(variance).map(Math::abs).sorted().toArray();
    return Optional.of(
        Section.of(
            "correction",
            results.words().atAllWidths() ? "Size of the correction" : "What finite width changes",
            List.of(
                (results.words().atAllWidths()
                        ? "First order is to be trusted where it is small beside the posterior that"
                            + " it corrects."
                        : "How far predictions are from those of infinite width, all that is known"
                            + " together; first order would be trusted in the shaded part.")
                    + " Each point is a prediction at the configured widths."),
            new Figure(
                "correction-size",
                "Shift of mean and variance",
                "The mean moves by "
                    + Numbers.shown(sizes[sizes.length / 2])
                    + " posterior standard deviations in the middle and by "
                    + Numbers.shown(sizes[sizes.length - 1])
                    + " at most"
                    + (variances
                        ? "; the variance by "
                            + Numbers.percent(changes[changes.length / 2])
                            + " in the middle and by "
                            + Numbers.percent(changes[changes.length - 1])
                            + " at most, of points shown."
                        : ". Variances were not asked for."),
                Plot.of(
                    limited(
                        Axis.linear("δmean, in posterior standard deviations of the NNGP"),
                        sizes,
                        Expansion.MEAN_SHIFT),
                    limited(
                        Axis.linear("δvariance / variance of the NNGP"),
                        changes,
                        Expansion.VARIANCE_SHIFT),
                    marks),
                table.table())));
  }

  /**
   * Shows what is within the expansion whole, unless corrections are far smaller, and as much of
   * the rest as leaves that visible.
   *
   * @param sizes in increasing order
   */
  private static Axis limited(Axis axis, double[] sizes, double limit) {
    double most = Arrays.stream(sizes).filter(Double::isFinite).max().orElse(0);
    if (most < 0.1 * limit) {
      return axis;
    }
    double end = Math.min(6 * limit, 1.1 * Math.max(most, limit));
    return axis.within(-end, end);
  }

  private static boolean all(boolean[] within) {
    for (boolean inside : within) {
      if (!inside) {
        return false;
      }
    }
    return true;
  }

  private static Mark points(
      String name,
      Colour colour,
      Mark.Shape shape,
      boolean wanted,
      boolean[] within,
      double[] mean,
      double[] variance,
      List<String> ids) {
    List<String> labels = new ArrayList<>();
    double[] x = new double[mean.length];
    double[] y = new double[mean.length];
    int count = 0;
    for (int k = 0; k < mean.length; k++) {
      if (within[k] == wanted) {
        x[count] = mean[k];
        y[count++] = variance[k];
        labels.add("row " + ids.get(k));
      }
    }
    return new Mark.Dots(
        name, colour, shape, false, Arrays.copyOf(x, count), Arrays.copyOf(y, count), labels);
  }
}
