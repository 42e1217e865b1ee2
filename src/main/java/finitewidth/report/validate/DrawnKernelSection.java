package finitewidth.report.validate;

import finitewidth.report.page.Figure;
import finitewidth.report.page.MapFigure;
import finitewidth.report.page.Numbers;
import finitewidth.report.page.Section;
import finitewidth.report.summary.Validation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Hidden kernels of drawn networks given the data: distances by width, shifts pair by pair. */
final class DrawnKernelSection {
  /** Rows and columns of heat maps; of more, an even choice in their order. */
  private static final int MOST = 24;

  /** Layers, from the first on, that have maps: a page should stay a few hundred kB. */
  private static final int MOST_LAYERS = 3;

  private static final String TOO_FEW = "too-few-draws";

  private DrawnKernelSection() {}

  /** Empty where hidden kernels were not asked for. */
  static Optional<Section> of(List<String> outputs, Validation validation) {
    if (validation.hiddenKernelRows().isEmpty()) {
      return Optional.empty();
    }
    List<Figure> figures = new ArrayList<>();
    for (int h = 0; h < validation.hiddenKernelSlopes().size(); h++) {
      int layer = h;
      figures.add(
          RemainderFigure.of(
              "hidden-kernel-remainder-" + (h + 1),
              "Distance in the kernel of hidden layer " + (h + 1),
              "Distance in the kernel, in units of its size",
              validation.widths(),
              at -> at.hiddenKernels().get(layer).remainder(),
              validation.hiddenKernelSlopes().get(h),
              true));
    }
    List<String> words = new ArrayList<>();
    words.add(
        "The kernel that a hidden layer makes of the training rows, averaged over the exact"
            + " posterior. Distances are root mean squares over all pairs of rows, relative to that"
            + " of the NNGP's kernel, K. At infinite width targets do not change K, so what the"
            + " NNGP leaves is the whole shift: that of the prior at finite width, and what"
            + " features learn from the targets.");
    Optional<Validation.AtWidth> shown =
        validation.widths().stream().filter(at -> !at.verdict().equals(TOO_FEW)).findFirst();
    words.add(
        shown
            .map(
                at ->
                    "Heat maps show by how much kernels have moved away from that of infinite width"
                        + " at width "
                        + at.width()
                        + ", the narrowest with enough effective draws: as it is, and to first"
                        + " order, in the same colours.")
            .orElse("At none of the widths are there enough effective draws for heat maps."));
    if (validation.hiddenKernelSlopes().size() > MOST_LAYERS) {
      words.add("Maps are of the first " + MOST_LAYERS + " hidden layers.");
    }
    shown.ifPresent(
        at ->
            at.hiddenKernels().stream()
                .limit(MOST_LAYERS)
                .forEach(kernel -> addShifts(figures, at.width(), kernel, outputs, validation)));
    return Optional.of(
        Section.of("hidden-kernels", "Hidden kernels given the data", words, figures));
  }

  private static void addShifts(
      List<Figure> figures,
      int width,
      Validation.HiddenKernel kernel,
      List<String> outputs,
      Validation validation) {
    List<Integer> rows = chosen(validation.hiddenKernelRows());
    double[] exact = shift(kernel.exact(), kernel.nngp(), rows);
    double[] corrected = shift(kernel.corrected(), kernel.nngp(), rows);
    String sortedBy = outputs.size() == 1 ? outputs.get(0) : "largest output";
    MapFigure maps =
        new MapFigure(
            sortedBy,
            rows.stream().mapToDouble(a -> key(validation.hiddenKernelRows().get(a))).toArray());
    double[] range = MapFigure.aroundZero(exact, corrected);
    int all = validation.hiddenKernelRows().size();
    String layer = "hidden layer " + kernel.layer() + " at width " + width;
    figures.add(
        maps.of(
            "hidden-kernel-exact-" + kernel.layer(),
            "Exact shift, " + layer,
            """
            Exact posterior mean less K, over %s training rows, sorted by %s: from %s to %s, of \
            standard error up to %s.\
            """
                .formatted(
                    rows.size() < all ? rows.size() + " of the " + all : "the " + all,
                    sortedBy,
                    Numbers.shown(MapFigure.least(exact)),
                    Numbers.shown(MapFigure.most(exact)),
                    Numbers.shown(most(kernel.exactStandardError()))),
            exact,
            range));
    figures.add(
        maps.of(
            "hidden-kernel-first-" + kernel.layer(),
            "First-order shift, " + layer,
            """
            What first order in 1/width says of it, prior and data together: from %s to %s; the \
            same rows and colours.\
            """
                .formatted(
                    Numbers.shown(MapFigure.least(corrected)),
                    Numbers.shown(MapFigure.most(corrected))),
            corrected,
            range));
  }

  /** Rows in the order of what they are sorted by. */
  private static List<Integer> chosen(List<Validation.KernelRow> rows) {
    List<Integer> order =
        IntStream.range(0, rows.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer a) -> key(rows.get(a))).thenComparing(a -> a))
            .toList();
    int size = Math.min(MOST, order.size());
    return IntStream.range(0, size)
        .mapToObj(i -> order.get((int) ((long) i * (order.size() - 1) / Math.max(1, size - 1))))
        .toList();
  }

  /**
   * The target; of several outputs the number, from 1, of the largest, which of a class is its own.
   */
  private static double key(Validation.KernelRow row) {
    if (row.target().length == 1) {
      return row.target()[0];
    }
    int largest = 0;
    for (int i = 1; i < row.target().length; i++) {
      largest = row.target()[i] > row.target()[largest] ? i : largest;
    }
    return 1 + largest;
  }

  private static double[] shift(List<double[]> to, List<double[]> from, List<Integer> rows) {
    int n = rows.size();
    double[] shift = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int a = Math.max(rows.get(i), rows.get(j));
        int b = Math.min(rows.get(i), rows.get(j));
        shift[i * n + j] = to.get(a)[b] - from.get(a)[b];
      }
    }
    return shift;
  }

  private static double most(List<double[]> triangle) {
    return triangle.stream().mapToDouble(MapFigure::most).max().orElse(Double.NaN);
  }
}
