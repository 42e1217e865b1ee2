package finitewidth.inference.networks;

/**
 * The posterior of the last layer's weights given the hidden ones, a Gaussian: what predicts rows
 * by their features.
 */
sealed interface LastWeights permits DenseWeights, WoodburyWeights {

  /**
   * Means of the outputs at some rows.
   *
   * @param f features of the rows, q × T
   * @param rows T
   * @param out receives means, m × T
   */
  void mean(double[] f, int rows, double[] out);

  /**
   * Means and variances of the outputs at some rows.
   *
   * @param f features of the rows, q × T; may be overwritten
   * @param rows T
   * @param mean receives means, m × T
   * @param variance receives the variances, which all outputs share, without noise, T
   */
  void predict(double[] f, int rows, double[] mean, double[] variance);
}
