package finitewidth.report.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The training kernel before and after the shift. */
final class KernelSection {
  private KernelSection() {}

  static Section of(KernelMap kernel) {
    String rows =
        (kernel.size() < kernel.of()
                ? kernel.size() + " of the " + kernel.of()
                : "the " + kernel.of())
            + " "
            + kernel.what()
            + "s, sorted by "
            + kernel.order();
    double low = Math.min(least(kernel.before()), least(kernel.after()));
    double high = Math.max(most(kernel.before()), most(kernel.after()));
    List<Figure> figures = new ArrayList<>();
    figures.add(
        figure(
            "kernel",
            "Kernel at infinite width",
            "K over " + rows + ".",
            kernel,
            kernel.before(),
            low,
            high));
    List<String> words = new ArrayList<>();
    words.add(
        "How alike the network takes rows to be before it has seen a target, in units of the"
            + " preprocessed target squared.");
    if (kernel.after().length == 0) {
      words.add(
          "The sampled engine contracts the kernel's shift without forming it, so only the kernel at"
              + " infinite width is shown; contraction.engine = exact has both.");
    } else {
      double[] shift = kernel.after().clone();
      for (int i = 0; i < shift.length; i++) {
        shift[i] -= kernel.before()[i];
      }
      figures.add(
          figure(
              "kernel-shifted",
              "Kernel after the shift",
              "K + M at the configured widths, the kernel that the targets have turned it into to"
                  + " first order; the same rows and colours.",
              kernel,
              kernel.after(),
              low,
              high));
      figures.add(
          figure(
              "kernel-shift",
              "The shift alone",
              "M over the same rows: from "
                  + Numbers.shown(least(shift))
                  + " to "
                  + Numbers.shown(most(shift))
                  + ". What has grown is what the targets make more alike than the prior did.",
              kernel,
              shift,
              least(shift),
              most(shift)));
    }
    return Section.of("kernel-section", "Training kernel", words, figures);
  }

  /**
   * A heat map with its numbers.
   *
   * @param kernel whose rows these are
   * @param low what has the first colour
   * @param high what has the last one
   */
  static Figure figure(
      String id,
      String title,
      String caption,
      KernelMap kernel,
      double[] values,
      double low,
      double high) {
    int n = kernel.size();
    List<String> columns = new ArrayList<>(List.of("Place", kernel.order()));
    for (int j = 0; j < n; j++) {
      columns.add("to " + (j + 1));
    }
    Table.Builder table = new Table.Builder(columns);
    for (int i = 0; i < n; i++) {
      List<Object> cells = new ArrayList<>(List.of(i + 1, kernel.values()[i]));
      for (int j = 0; j < n; j++) {
        cells.add(values[i * n + j]);
      }
      table.row(cells.toArray());
    }
    return new Figure(
        id,
        title,
        caption,
        Plot.square(
            Axis.linear("By " + kernel.order()),
            Axis.linear("By " + kernel.order()),
            List.of(
                new Mark.Cells(
                    n, n, Numbers.rounded(values), low, high, false, List.of(), List.of()))),
        table.table());
  }

  static double least(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).min().orElse(Double.POSITIVE_INFINITY);
  }

  static double most(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).max().orElse(Double.NEGATIVE_INFINITY);
  }
}
