package finitewidth.ml;

import java.util.List;

/**
 * The numbers and names of a saved model that are no tensors; one JSON object.
 *
 * @param format of the whole model directory; a reader refuses a newer one
 * @param library version of finite-width that wrote it
 * @param tolerance quadrature error of the moments
 * @param sampling draws of the sampled contraction; empty for the exact one
 * @param featureScaling none, standardize or unit-sphere; means and deviations are tensors
 * @param classes class names in order; empty for a regression
 */
record ModelMetadata(
    int format,
    String library,
    String activation,
    List<Double> hiddenWidths,
    List<Double> biasVariances,
    List<Double> weightVariances,
    double noiseVariance,
    double tolerance,
    boolean variance,
    List<Sampling> sampling,
    String featureScaling,
    List<String> featureNames,
    List<String> outputNames,
    List<String> classes) {
  /**
   * Draws that predict.
   *
   * @param batches of each source layer
   */
  record Sampling(long seed, int drawsPerBatch, List<Integer> batches) {}

  /** What this version writes. */
  static final int FORMAT = 1;
}
