package finitewidth.report.fit;

import finitewidth.report.summary.FitSummary;
import java.util.List;
import java.util.Optional;

/**
 * What a fit has come to, as its page tells it.
 *
 * @param data name of the training data
 * @param outputs target columns, or class names
 * @param classes whether it is a classification
 * @param scored whether test rows have targets or labels
 * @param noise variance by output, in the targets' units squared
 * @param rows test rows, or a random choice of them, in their order
 * @param oneInput for a single feature
 * @param hidden what hidden layers have learnt, where that was asked for
 * @param tails predictions beyond mean and variance, likewise
 */
public record FitResults(
    String data,
    FitSummary summary,
    List<String> outputs,
    boolean classes,
    boolean scored,
    double[] noise,
    List<RowResult> rows,
    WidthCurve curve,
    Optional<InputCurve> oneInput,
    Optional<HiddenKernels> hidden,
    Optional<Tails> tails) {
  public FitResults {
    outputs = List.copyOf(outputs);
    rows = List.copyOf(rows);
  }

  MethodWords words() {
    return MethodWords.of(summary.method());
  }

  /** How many test rows a page takes, with so many outputs: it should stay a few hundred kB. */
  public static int mostRows(int outputs) {
    return Math.max(50, Math.min(300, 600 / outputs));
  }

  /** A clause that says which rows a figure is of. */
  String ofRows() {
    long all = summary.data().testRows();
    return rows.size() < all
        ? "a random choice of " + rows.size() + " of the " + all + " test rows"
        : rows.size() == 1 ? "the only test row" : "all " + all + " test rows";
  }
}
