package finitewidth.ml;

import java.util.List;
import java.util.Map;

/**
 * The numbers and names of a saved model that are neither Params nor tensors; one JSON object
 * beside spark.ml's own metadata. It holds all shapes, so that tensors can be judged unread.
 *
 * @param format of the whole model directory; a reader refuses a newer one
 * @param library version of finite-width that wrote it
 * @param activationParameters what the activation's name leaves open, such as the slope of a leaky
 *     ReLU; empty for most
 * @param trainingRows P, or the number of inducing points where those stand for the rows
 * @param tolerance quadrature error of the moments
 * @param sampling draws of the sampled contraction; empty for the exact one
 * @param featureScaling none, standardize or unit-sphere; means and deviations are tensors
 * @param classes class names in order; empty for a regression
 * @param inducing what the points stand for; empty where there are none, and in format 3
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
    int trainingRows,
    double tolerance,
    boolean variance,
    List<Sampling> sampling,
    String featureScaling,
    List<String> featureColumns,
    List<String> targetColumns,
    List<String> featureNames,
    List<String> outputNames,
    List<String> classes,
    List<FiniteWidthModel.Inducing> inducing) {
  /**
   * Draws that predict.
   *
   * @param batches of each source layer
   */
  record Sampling(long seed, int drawsPerBatch, List<Integer> batches) {}

  /** What this version writes. */
  static final int FORMAT = 4;

  /** The oldest that it reads: without inducing points. */
  static final int OLDEST = 3;

  /** Where it stands in the metadata of spark.ml. */
  static final String KEY = "finiteWidth";

  ModelMetadata {
    inducing = inducing == null ? List.of() : List.copyOf(inducing);
  }

  /**
   * Refuses what no writer can have meant.
   *
   * @throws ModelException saying what is wrong
   */
  void check() {
    int layers = hiddenWidths == null ? 0 : hiddenWidths.size();
    require(layers > 0, "hiddenWidths");
    require(biasVariances != null && biasVariances.size() == layers + 1, "biasVariances");
    require(weightVariances != null && weightVariances.size() == layers + 1, "weightVariances");
    require(trainingRows > 0, "trainingRows");
    require(activation != null && activationParameters != null, "activation");
    require(featureScaling != null, "featureScaling");
    require(featureNames != null && !featureNames.isEmpty(), "featureNames");
    require(outputNames != null && !outputNames.isEmpty(), "outputNames");
    require(featureColumns != null && targetColumns != null, "columns");
    require(
        classes != null && (classes.isEmpty() || classes.size() == outputNames.size()), "classes");
    require(
        inducing.size() <= 1
            && inducing.stream()
                .allMatch(i -> i.rows() > 0 && i.method() != null && i.approximation() != null),
        "inducing");
    require(
        sampling != null
            && sampling.size() <= 1
            && sampling.stream().allMatch(s -> s.batches().size() == layers),
        "sampling");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new ModelException("the metadata are damaged: " + what + " is missing or wrong");
    }
  }
}
