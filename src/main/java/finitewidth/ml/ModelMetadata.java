package finitewidth.ml;

import java.util.List;
import java.util.Map;

/**
 * The numbers and names of a saved model that are no tensors; one JSON object.
 *
 * @param format of the whole model directory; a reader refuses a newer one
 * @param library version of finite-width that wrote it
 * @param activationParameters what the activation's name leaves open, such as the slope of a leaky
 *     ReLU; empty for most, and absent from format 1
 * @param tolerance quadrature error of the moments
 * @param sampling draws of the sampled contraction; empty for the exact one
 * @param featureScaling none, standardize or unit-sphere; means and deviations are tensors
 * @param classes class names in order; empty for a regression
 */
record ModelMetadata(
    int format,
    String library,
    String activation,
    Map<String, Double> activationParameters,
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

  /**
   * What this version writes. Format 1, which it reads too, had neither activationParameters nor
   * sampling.
   */
  static final int FORMAT = 2;

  ModelMetadata {
    activationParameters =
        activationParameters == null ? Map.of() : Map.copyOf(activationParameters);
    sampling = sampling == null ? List.of() : List.copyOf(sampling);
  }
}
