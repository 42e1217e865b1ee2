package finitewidth.report.fit;

import finitewidth.report.page.Figure;
import finitewidth.report.page.MapFigure;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Section;
import finitewidth.report.page.Table;
import finitewidth.report.summary.FitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What hidden layers learn: their kernels over training rows, before and given the targets. */
final class HiddenKernelSection {
  /** Layers that have maps: a page should stay a few hundred kB. */
  private static final int MOST_LAYERS = 3;

  private HiddenKernelSection() {}

  static Section of(FitSummary summary, HiddenKernels kernels) {
    List<HiddenLayer> layers = kernels.layers();
    int shown = Math.min(MOST_LAYERS, layers.size());
    List<String> words = new ArrayList<>();
    words.add(
        "Infinitely wide layers learn nothing of the targets: their kernel stays what it was. At"
            + " finite width the mean kernel of a hidden layer moves, by S before a target is seen"
            + " and by more once targets are known, both to first order in 1/width, at the"
            + " configured widths. The last hidden layer's kernel is the output's.");
    words.add(
        "Alignment is the cosine between a layer's kernel and that of the targets, YYᵀ, as"
            + " matrices: it grows where a layer comes to tell apart what the targets tell apart.");
    if (shown < layers.size()) {
      words.add("Of " + layers.size() + " hidden layers, maps are of " + shown + ".");
    }
    Table.Builder table =
        Table.of(
            "Hidden layer",
            "K, root mean square",
            "S / K",
            "Shift by targets / K",
            "Alignment of K",
            "Alignment of K + S",
            "Alignment given targets");
    for (FitSummary.HiddenKernel layer : summary.hiddenKernels()) {
      table.row(
          layer.layer(),
          layer.nngp(),
          layer.priorShift() / layer.nngp(),
          layer.posteriorShift() / layer.nngp(),
          layer.alignment().nngp(),
          layer.alignment().prior(),
          layer.alignment().posterior());
    }
    List<Figure> figures = new ArrayList<>();
    for (int k = 0; k < shown; k++) {
      int at = shown == 1 ? 0 : k * (layers.size() - 1) / (shown - 1);
      figures.addAll(figures(kernels, layers.get(at)));
    }
    return new Section(
        "hidden-kernels", "Kernels of hidden layers", words, Optional.of(table.table()), figures);
  }

  private static List<Figure> figures(HiddenKernels kernels, HiddenLayer layer) {
    MapFigure maps = new MapFigure(kernels.order(), kernels.values());
    String rows =
        (kernels.size() < kernels.of()
                ? kernels.size() + " of the " + kernels.of()
                : "the " + kernels.of())
            + " training rows, sorted by "
            + kernels.order();
    double[] shift = layer.posteriorShift();
    return List.of(
        maps.of(
            "hidden-kernel-" + layer.layer(),
            "Hidden layer " + layer.layer() + ": kernel at infinite width",
            "K over " + rows + ".",
            layer.nngp(),
            MapFigure.range(layer.nngp())),
        maps.of(
            "hidden-shift-" + layer.layer(),
            "Hidden layer " + layer.layer() + ": what the targets add",
            "Over the same rows: from %s to %s."
                .formatted(
                    Numbers.shown(MapFigure.least(shift)), Numbers.shown(MapFigure.most(shift))),
            shift,
            MapFigure.aroundZero(shift)));
  }
}
