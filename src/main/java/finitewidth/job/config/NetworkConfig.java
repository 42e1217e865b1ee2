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
   * @param widths empty where they are to be chosen
   */
  @JsonCreator
  static NetworkConfig of(
      @JacksonInject("activations") List<String> activations,
      @From(Key.ACTIVATION) String activation,
      @From(Key.NEGATIVE_SLOPE) Optional<Double> slope,
      @From(value = Key.HIDDEN_WIDTHS, orStandard = true) Optional<List<Long>> widths,
      @From(value = Key.BIAS_VARIANCE, orOne = true) List<Double> biasVariances,
      @From(value = Key.WEIGHT_VARIANCE, orOne = true) List<Double> weightVariances) {
    String name = known(activation, activations);
    List<Long> hidden = widths.orElse(List.of(128L, 128L));
    boolean leaky = name.equals(Activations.LEAKY_RELU);
    Refusal.when(
        !leaky && slope.isPresent(),
        Key.NEGATIVE_SLOPE,
        "network.activation is %s, and only %s has a slope; leave the key out",
        name,
        Activations.LEAKY_RELU);
    return new NetworkConfig(
        name,
        leaky
            ? OptionalDouble.of(slope.orElse(Activations.DEFAULT_NEGATIVE_SLOPE))
            : OptionalDouble.empty(),
        hidden,
        perLayer(biasVariances, hidden.size() + 1),
        perLayer(weightVariances, hidden.size() + 1));
  }

  /** A name that is known, or that of a class that can be used. */
  private static String known(String name, List<String> activations) {
    if (activations.contains(name)) {
      return name;
    }
    Refusal.when(
        !Activations.isClassName(name),
        Key.ACTIVATION,
        "accepted is %s, or the full name of a class",
        String.join(", ", activations));
    try {
      return Activations.byName(name).orElseThrow().name();
    } catch (ActivationClassException e) {
      throw Refusal.of(Key.ACTIVATION, "%s", String.valueOf(e.getMessage()));
    }
  }

  private static List<Double> perLayer(List<Double> values, int layers) {
    return values.size() == 1 ? Collections.nCopies(layers, values.get(0)) : values;
  }

  private static void requireLayers(Key key, List<Double> values, int layers) {
    Refusal.when(
        values.size() != layers,
        key,
        "accepted is one number, or a list of %d of them: one per hidden layer and one for the"
            + " output layer",
        layers);
  }

  static boolean areWidths(List<Long> widths) {
    return widths.stream().allMatch(width -> width >= 1 && width <= WIDEST);
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
