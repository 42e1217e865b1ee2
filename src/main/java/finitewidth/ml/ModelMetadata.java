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
    String featureScaling,
    List<String> featureNames,
    List<String> outputNames,
    List<String> classes) {
  /** What this version writes. Format 1, which it reads too, had no activationParameters. */
  static final int FORMAT = 2;

  ModelMetadata {
    activationParameters =
        activationParameters == null ? Map.of() : Map.copyOf(activationParameters);
  }
}
