package finitewidth.report.fit;

import finitewidth.report.page.Figure;
import finitewidth.report.page.MapFigure;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Section;
import java.util.ArrayList;
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
    MapFigure maps = new MapFigure(kernel.order(), kernel.values());
    double[] range = MapFigure.range(kernel.before(), kernel.after());
    List<Figure> figures = new ArrayList<>();
    figures.add(
        maps.of(
            "kernel", "Kernel at infinite width", "K over " + rows + ".", kernel.before(), range));
    List<String> words = new ArrayList<>();
    words.add(
        "How alike the network takes rows to be before it has seen a target, in units of the"
            + " preprocessed target squared.");
    if (kernel.after().length == 0) {
      words.add(
          "Of so many rows the sampled engine does not form the kernel's shift for this page, so"
              + " only the kernel at infinite width is shown.");
    } else {
      double[] shift = kernel.after().clone();
      for (int i = 0; i < shift.length; i++) {
        shift[i] -= kernel.before()[i];
      }
      figures.add(
          maps.of(
              "kernel-shifted",
              "Kernel after the shift",
              "K + M at the configured widths: the kernel with which a Gaussian process has the"
                  + " corrected mean, to first order; the same rows and colours.",
              kernel.after(),
              range));
      figures.add(
          maps.of(
              "kernel-shift",
              "The shift alone",
              "M over the same rows: from "
                  + Numbers.shown(MapFigure.least(shift))
                  + " to "
                  + Numbers.shown(MapFigure.most(shift))
                  + ". M = S + ½ V:B − V:A⁻¹ takes together what finite width adds before a target"
                  + " is seen, what the targets add, and what kernels that vary over networks take"
                  + " away. What hidden layers learn of the targets alone is drawn with"
                  + " output.hidden-kernels = true.",
              shift,
              MapFigure.aroundZero(shift)));
    }
    if (kernel.error() > 0) {
      words.add(
          "The shift comes from draws: the standard error of an entry of M is "
              + Numbers.shown(kernel.error())
              + " (root mean square).");
    }
    return Section.of("kernel-section", "Training kernel", words, figures);
  }
}
