package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import finitewidth.gaussian.ActivationClassException;
import finitewidth.gaussian.activations.Activations;
import finitewidth.settings.Key;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The prior over networks.
 *
 * @param activation a name that {@code Activations.byName} knows, or that of a class
 * @param negativeSlope of a leaky ReLU, from −1 to 1; empty for every other activation
 * @param hiddenWidths one per hidden layer, at least one layer
 * @param biasVariances C_b, one per hidden layer and one for the output layer
 * @param weightVariances C_W, the same
 */
public record NetworkConfig(
    String activation,
    OptionalDouble negativeSlope,
    List<Long> hiddenWidths,
    List<Double> biasVariances,
    List<Double> weightVariances) {
  static final long WIDEST = 1L << 31;

  public NetworkConfig {
    hiddenWidths = List.copyOf(hiddenWidths);
    biasVariances = List.copyOf(biasVariances);
    weightVariances = List.copyOf(weightVariances);
    Refusal.unless(!hiddenWidths.isEmpty() && areWidths(hiddenWidths), Key.HIDDEN_WIDTHS);
    Refusal.unless(Math.abs(negativeSlope.orElse(0)) <= 1, Key.NEGATIVE_SLOPE);
    Refusal.unless(biasVariances.stream().allMatch(v -> v >= 0), Key.BIAS_VARIANCE);
    Refusal.unless(weightVariances.stream().allMatch(v -> v > 0), Key.WEIGHT_VARIANCE);
    requireLayers(Key.BIAS_VARIANCE, biasVariances, hiddenWidths.size() + 1);
    requireLayers(Key.WEIGHT_VARIANCE, weightVariances, hiddenWidths.size() + 1);
  }

  /**
   * @param activations names that the activation may have
   */
  @JsonCreator
  static NetworkConfig of(
      @JacksonInject("activations") List<String> activations,
      @From(Key.ACTIVATION) String activation,
      @From(Key.NEGATIVE_SLOPE) Optional<Double> negativeSlope,
      @From(Key.HIDDEN_WIDTHS) HiddenWidths hiddenWidths,
      @From(Key.BIAS_VARIANCE) @From.OneOrMore List<Double> biasVariances,
      @From(Key.WEIGHT_VARIANCE) @From.OneOrMore List<Double> weightVariances) {
    String name = known(activation, activations);
    boolean leaky = name.equals(Activations.LEAKY_RELU);
    Refusal.where(
        !leaky && negativeSlope.isPresent(),
        Key.NEGATIVE_SLOPE,
        "network.activation is "
            + name
            + ", and only "
            + Activations.LEAKY_RELU
            + " has a slope; leave the key out");
    int layers = hiddenWidths.values().size() + 1;
    return new NetworkConfig(
        name,
        leaky
            ? OptionalDouble.of(negativeSlope.orElse(Activations.DEFAULT_NEGATIVE_SLOPE))
            : OptionalDouble.empty(),
        hiddenWidths.values(),
        perLayer(biasVariances, layers),
        perLayer(weightVariances, layers));
  }

  /** A name that is known, or that of a class that can be used. */
  private static String known(String name, List<String> activations) {
    if (activations.contains(name)) {
      return name;
    }
    Refusal.where(
        !Activations.isClassName(name),
        Key.ACTIVATION,
        "accepted is " + String.join(", ", activations) + ", or the full name of a class");
    try {
      return Activations.byName(name).orElseThrow().name();
    } catch (ActivationClassException e) {
      throw new Refusal(Key.ACTIVATION, e.getMessage());
    }
  }

  private static List<Double> perLayer(List<Double> values, int layers) {
    return values.size() == 1 ? Collections.nCopies(layers, values.get(0)) : values;
  }

  private static void requireLayers(Key key, List<Double> values, int layers) {
    Refusal.where(
        values.size() != layers,
        key,
        "accepted is one number, or a list of "
            + layers
            + " of them: one per hidden layer and one for the output layer");
  }

  static boolean areWidths(List<Long> widths) {
    return widths.stream().allMatch(width -> width >= 1 && width <= WIDEST);
  }

  /**
   * Hidden widths as they are given.
   *
   * @param auto whether they are to be chosen; the values are the default then
   */
  record HiddenWidths(List<Long> values, boolean auto) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static HiddenWidths of(List<Long> values) {
      return new HiddenWidths(values, false);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static HiddenWidths of(String word) {
      Refusal.unless(word.equals("auto"), Key.HIDDEN_WIDTHS);
      return new HiddenWidths(List.of(128L, 128L), true);
    }
  }

  /** The same prior with one width for all hidden layers. */
  public NetworkConfig withWidth(long width) {
    return new NetworkConfig(
        activation,
        negativeSlope,
        Collections.nCopies(hiddenWidths.size(), width),
        biasVariances,
        weightVariances);
  }

  /** The same activation, depth and widths with other variances. */
  public NetworkConfig withVariances(List<Double> biases, List<Double> weights) {
    return new NetworkConfig(activation, negativeSlope, hiddenWidths, biases, weights);
  }
}
