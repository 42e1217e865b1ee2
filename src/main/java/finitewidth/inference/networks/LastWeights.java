package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;

/**
 * The posterior of the last layer's weights given the hidden ones, a Gaussian: what predicts rows
 * by their features.
 */
sealed interface LastWeights permits DenseWeights, WoodburyWeights {

  /**
   * Means and variances of the outputs at some rows.
   *
   * @param f features of the rows, q × T; may be overwritten
   * @param rows T
   * @param mean receives means, m × T
   * @param variance receives the variances, which all outputs share, without noise, T
   */
  void predict(double[] f, int rows, double[] mean, double[] variance);

  /**
   * Means of the outputs at some rows.
   *
   * @param w means of the weights, m × q
   * @param size q
   * @param outputs m
   * @param f features of the rows, q × T
   * @param rows T
   * @param out receives means, m × T
   */
  static void mean(double[] w, int size, int outputs, double[] f, int rows, double[] out) {
    BLAS.getInstance().dgemm("N", "N", rows, outputs, size, 1.0, f, rows, w, size, 0.0, out, rows);
  }
}
