package finitewidth.inference.networks;

import finitewidth.linalg.Matrix;
import java.util.Arrays;

/**
 * What chains know of the training rows before they begin, and what tells these from others.
 *
 * @param gram F_0ᵀF_0, (n_0 + 1)²
 * @param outputs m
 * @param targetVariance mean square of targets about the mean of their output
 * @param all these sums, F_0ᵀY, Σ Y and tr YᵀY
 */
record InputSums(Matrix gram, int outputs, double targetVariance, double[] all) {

  /** How many numbers there are. */
  static int count(int features, int outputs) {
    return (features + 1) * (features + 1 + outputs) + outputs + 1;
  }

  /**
   * From a pass over all rows.
   *
   * @param rows P
   */
  static InputSums of(RowSums sums, int features, int outputs, long rows) {
    int size = features + 1;
    double[] all = sums.numbers();
    double squares = all[all.length - 1];
    for (int i = 0; i < outputs; i++) {
      double sum = all[all.length - 1 - outputs + i];
      squares -= sum * sum / rows;
    }
    return new InputSums(
        Matrix.wrap(size, size, Arrays.copyOf(all, size * size)),
        outputs,
        Math.max(0, squares) / ((double) rows * outputs),
        all.clone());
  }
}
