package finitewidth.inference.networks;

import finitewidth.linalg.Matrix;
import java.util.Arrays;

/**
 * What chains know of the training rows before they begin, and what tells these from others.
 *
 * @param gram F_0ᵀF_0, (n_0 + 1)²
 * @param outputs m
 * @param all these sums, F_0ᵀY and tr YᵀY
 */
record InputSums(Matrix gram, int outputs, double[] all) {

  /** How many numbers there are. */
  static int count(int features, int outputs) {
    return (features + 1) * (features + 1 + outputs) + 1;
  }

  /** From a pass over all rows. */
  static InputSums of(RowSums sums, int features, int outputs) {
    int size = features + 1;
    double[] all = sums.numbers();
    return new InputSums(
        Matrix.wrap(size, size, Arrays.copyOf(all, size * size)), outputs, all.clone());
  }
}
