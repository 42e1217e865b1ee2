package finitewidth.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.montecarlo.Sampled;
import finitewidth.inference.nngp.Nngp;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;

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
 * @param engine that made the posterior
 * @param numbers of the engine's state
 * @param evidenceWidths at how many widths the log evidence is known; 0 where it is by
 *     coefficients, −1 where it is that of infinite width alone
 * @param featureScaling none, standardize or unit-sphere; means and deviations are tensors
 * @param classes class names in order; empty for a regression
 * @param inducing what the points stand for; empty where there are none, and in format 3
 * @param ignoredFeatures how many features were constant and are no inputs
 * @param digests SHA-256 of every file of tensors, by name; none before format 5
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
    String engine,
    Map<String, List<Long>> numbers,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int evidenceWidths,
    String featureScaling,
    List<String> featureColumns,
    List<String> targetColumns,
    List<String> featureNames,
    List<String> outputNames,
    List<String> classes,
    List<FiniteWidthModel.Inducing> inducing,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int ignoredFeatures,
    Map<String, String> digests) {
  /** What this version writes. */
  static final int FORMAT = 6;

  /** The first that names the engine. */
  private static final int NAMED = 6;

  /** The first with digests of its files; those of earlier ones are trusted. */
  private static final int DIGESTED = 5;

  /** The oldest that it reads: without inducing points. */
  static final int OLDEST = 3;

  private static final int MOST_WIDTHS = 10_000;

  private static final Pattern FILE = Pattern.compile("[\\w.-]{1,255}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** Where it stands in the metadata of spark.ml. */
  static final String KEY = "finiteWidth";

  ModelMetadata {
    inducing = inducing == null ? List.of() : List.copyOf(inducing);
    digests = digests == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(digests));
  }

  /** The numbers of the engine's state in the order of a state. */
  SortedMap<String, List<Long>> sortedNumbers() {
    return new TreeMap<>(numbers);
  }

  /**
   * What an earlier format says, as this one would: there were two engines, and the one that draws
   * had the numbers of its draws under a name of its own.
   */
  static JsonNode renewed(JsonNode own) {
    if (own.path("format").asInt(0) >= NAMED || !own.path("sampling").isArray()) {
      return own;
    }
    ObjectNode renewed = own.deepCopy();
    JsonNode draws = renewed.remove("sampling");
    renewed.put("engine", draws.isEmpty() ? Exact.NAME : Sampled.NAME);
    ObjectNode numbers = renewed.putObject("numbers");
    draws
        .path(0)
        .fields()
        .forEachRemaining(
            number -> {
              JsonNode value = number.getValue();
              numbers.set(
                  number.getKey(), value.isArray() ? value : numbers.arrayNode().add(value));
            });
    return renewed;
  }

  /** Whether the files of tensors are known by their digests. */
  boolean isDigested() {
    return format >= DIGESTED;
  }

  /**
   * Refuses what no writer can have meant.
   *
   * @throws ModelException saying what is wrong
   */
  void check() {
    int layers = hiddenWidths == null ? 0 : hiddenWidths.size();
    require(layers > 0 && all(hiddenWidths, width -> width > 0), "hiddenWidths");
    require(variances(biasVariances, layers + 1, true), "biasVariances");
    require(variances(weightVariances, layers + 1, false), "weightVariances");
    require(noiseVariance >= 0 && Double.isFinite(noiseVariance), "noiseVariance");
    require(tolerance > 0 && tolerance < 1, "tolerance");
    require(trainingRows > 0, "trainingRows");
    require(
        activation != null
            && activationParameters != null
            && activationParameters.values().stream().allMatch(Objects::nonNull),
        "activation");
    require(featureScaling != null, "featureScaling");
    require(names(featureNames) && !featureNames.isEmpty(), "featureNames");
    require(ignoredFeatures >= 0 && ignoredFeatures < featureNames.size(), "ignoredFeatures");
    require(names(outputNames) && !outputNames.isEmpty(), "outputNames");
    require(names(featureColumns) && names(targetColumns) && !targetColumns.isEmpty(), "columns");
    require(
        names(classes) && (classes.isEmpty() || classes.size() == outputNames.size()), "classes");
    require(
        inducing.size() <= 1
            && inducing.stream()
                .allMatch(i -> i.rows() > 0 && i.method() != null && i.approximation() != null),
        "inducing");
    require(engine != null && numbers != null && !numbers.containsValue(null), "engine");
    boolean corrects = !engine.equals(Nngp.NAME);
    require(
        corrects
            ? evidenceWidths >= 0 && evidenceWidths <= MOST_WIDTHS
            : evidenceWidths == ModelEvidence.ORDER_ZERO,
        "evidenceWidths");
    require(
        digests.isEmpty() != isDigested()
            && digests.entrySet().stream()
                .allMatch(
                    file ->
                        FILE.matcher(file.getKey()).matches()
                            && file.getValue() != null
                            && DIGEST.matcher(file.getValue()).matches()),
        "digests");
  }

  private static boolean variances(List<Double> variances, int layers, boolean mayBeZero) {
    return variances != null
        && variances.size() == layers
        && all(variances, v -> Double.isFinite(v) && (v > 0 || mayBeZero && v == 0));
  }

  private static boolean all(List<Double> numbers, DoublePredicate holds) {
    return numbers.stream().allMatch(number -> number != null && holds.test(number));
  }

  private static boolean names(List<String> names) {
    return names != null && names.stream().allMatch(Objects::nonNull);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new ModelException("the metadata are damaged: " + what + " is missing or wrong");
    }
  }
}
