package finitewidth.job.validate;

import finitewidth.data.TrainingSet;
import finitewidth.inference.ensemble.EnsembleEstimate;
import finitewidth.inference.ensemble.HiddenComparison;
import finitewidth.inference.ensemble.HiddenEstimate;
import finitewidth.linalg.PairIndex;
import finitewidth.posterior.HiddenKernel;
import finitewidth.prior.Widths;
import finitewidth.report.summary.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** The kernels of hidden layers, to first order and as drawn; nothing where not asked for. */
final class ValidatedKernels {
  private final List<HiddenKernel> kernels;
  private final TrainingSet training;
  private final Map<ValidatedWidth, List<HiddenComparison>> comparisons = new LinkedHashMap<>();

  private ValidatedKernels(List<HiddenKernel> kernels, TrainingSet training) {
    this.kernels = kernels;
    this.training = training;
  }

  /**
   * @param kernels of every hidden layer, to first order, or none
   * @param training the rows that were conditioned on
   */
  static ValidatedKernels of(
      List<ValidatedWidth> widths, List<HiddenKernel> kernels, TrainingSet training) {
    ValidatedKernels validated = new ValidatedKernels(kernels, training);
    for (ValidatedWidth width : widths) {
      validated.comparisons.put(
          width,
          kernels.stream()
              .map(kernel -> HiddenComparison.of(drawn(width), kernel, validated.widths(width)))
              .toList());
    }
    return validated;
  }

  /** Kernels of hidden layers are compared with draws alone. */
  private static EnsembleEstimate drawn(ValidatedWidth width) {
    return width.exact().drawn().orElseThrow();
  }

  private List<HiddenComparison> compared(ValidatedWidth width) {
    return Objects.requireNonNull(comparisons.get(width));
  }

  private Widths widths(ValidatedWidth width) {
    return Widths.uniform(kernels.size(), width.width());
  }

  /** Of one width, for validate.json. */
  List<Validation.HiddenKernel> records(ValidatedWidth width) {
    return kernels.stream().map(kernel -> record(width, kernel)).toList();
  }

  private Validation.HiddenKernel record(ValidatedWidth width, HiddenKernel kernel) {
    HiddenComparison comparison = compared(width).get(kernel.layer());
    HiddenEstimate exact = drawn(width).hiddenKernels().get(kernel.layer());
    Widths widths = widths(width);
    return new Validation.HiddenKernel(
        kernel.layer() + 1,
        new Validation.Remainder(
            ValidatedWidth.record(comparison.corrected()),
            ValidatedWidth.record(comparison.nngp())),
        triangle((i, j) -> kernel.nngp().get(i, j)),
        triangle((i, j) -> kernel.priorShift(widths, i, j)),
        triangle((i, j) -> kernel.posteriorShift(widths, i, j)),
        triangle(
            (i, j) ->
                kernel.nngp().get(i, j)
                    + kernel.priorShift(widths, i, j)
                    + kernel.posteriorShift(widths, i, j)),
        triangle((i, j) -> kernel.nngp().get(i, j) + exact.shift()[PairIndex.of(i, j)]),
        triangle((i, j) -> exact.error()[PairIndex.of(i, j)]));
  }

  private interface ByPair {
    double at(int i, int j);
  }

  private List<double[]> triangle(ByPair number) {
    return IntStream.range(0, training.rows())
        .mapToObj(i -> IntStream.rangeClosed(0, i).mapToDouble(j -> number.at(i, j)).toArray())
        .toList();
  }

  /** By layer. */
  List<Validation.Slopes> slopes() {
    List<Validation.Slopes> slopes = new ArrayList<>();
    List<ValidatedWidth> widths = List.copyOf(comparisons.keySet());
    for (int h = 0; h < kernels.size(); h++) {
      int layer = h;
      slopes.add(
          new Validation.Slopes(
              ValidateReport.slope(
                  widths,
                  width -> compared(width).get(layer).corrected(),
                  width -> compared(width).get(layer).nngp(),
                  false),
              ValidateReport.slope(
                  widths,
                  width -> compared(width).get(layer).corrected(),
                  width -> compared(width).get(layer).nngp(),
                  true)));
    }
    return slopes;
  }

  /** What rows and columns of the kernels are. */
  List<Validation.KernelRow> rows() {
    return kernels.isEmpty()
        ? List.of()
        : IntStream.range(0, training.rows())
            .mapToObj(
                a -> new Validation.KernelRow(training.ids().get(a), training.targets().row(a)))
            .toList();
  }

  /** A line for each width, and one for the slopes. */
  List<String> lines() {
    if (kernels.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    comparisons.forEach(
        (width, layers) -> {
          StringBuilder line =
              new StringBuilder(String.format("hidden kernels at width %-6d", width.width()));
          for (HiddenComparison layer : layers) {
            line.append(
                String.format(
                    Locale.ROOT,
                    "  layer %d %s (NNGP %s)",
                    layer.layer() + 1,
                    ValidatedWidth.shown(layer.corrected()),
                    ValidatedWidth.shown(layer.nngp())));
          }
          lines.add(line.toString());
        });
    StringBuilder line = new StringBuilder("slope of hidden kernels");
    List<Validation.Slopes> slopes = slopes();
    for (int h = 0; h < slopes.size(); h++) {
      line.append(
          String.format(
              "  layer %d %s (NNGP %s)",
              h + 1,
              ValidateReport.shown(slopes.get(h).corrected()),
              ValidateReport.shown(slopes.get(h).nngp())));
    }
    lines.add(line.append("; first order leaves -2, the NNGP -1").toString());
    return lines;
  }
}
