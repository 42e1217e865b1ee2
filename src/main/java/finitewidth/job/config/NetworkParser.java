package finitewidth.job.config;

import finitewidth.evidence.WidthChoice;
import finitewidth.gaussian.ActivationClassException;
import finitewidth.gaussian.activations.Activations;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/** The network block of a configuration, and the widths to report beside it. */
final class NetworkParser {
  /** The word that has hidden widths chosen. */
  private static final String AUTO = "auto";

  static final long WIDEST = 1L << 31;

  private final ConfigReader values;
  private final List<String> activations;

  NetworkParser(ConfigReader values, List<String> activations) {
    this.values = values;
    this.activations = activations;
  }

  /** Whether the hidden layers' common width is to be chosen. */
  boolean isAuto() {
    return values.isWord(Key.HIDDEN_WIDTHS, AUTO);
  }

  NetworkConfig parse() {
    String activation = activation();
    String accepted =
        "accepted is auto, or a list of whole numbers from 1 to " + WIDEST + ", one per layer";
    List<Long> standard = List.of(128L, 128L);
    List<Long> widths =
        isAuto()
            ? standard
            : values.wholes(Key.HIDDEN_WIDTHS, 1, WIDEST, accepted).orElse(standard);
    if (widths.isEmpty()) {
      throw values.refuse(Key.HIDDEN_WIDTHS, accepted);
    }
    int layers = widths.size() + 1;
    return new NetworkConfig(
        activation,
        negativeSlope(activation),
        widths,
        perLayer(Key.BIAS_VARIANCE, layers, true),
        perLayer(Key.WEIGHT_VARIANCE, layers, false));
  }

  /** A name that is known, or that of a class that can be used. */
  private String activation() {
    String accepted =
        "accepted is " + String.join(", ", activations) + ", or the full name of a class";
    String name = values.text(Key.ACTIVATION, accepted).orElse(Key.ACTIVATION.standard());
    if (activations.contains(name)) {
      return name;
    }
    if (!Activations.isClassName(name)) {
      throw values.refuse(Key.ACTIVATION, accepted);
    }
    try {
      return Activations.byName(name).orElseThrow().name();
    } catch (ActivationClassException e) {
      throw values.refuse(Key.ACTIVATION, e.getMessage());
    }
  }

  private OptionalDouble negativeSlope(String activation) {
    if (activation.equals(Activations.LEAKY_RELU)) {
      return OptionalDouble.of(
          values.number(
              Key.NEGATIVE_SLOPE, v -> v >= -1 && v <= 1, "accepted is a number from -1 to 1"));
    }
    if (values.has(Key.NEGATIVE_SLOPE)) {
      throw values.refuse(
          Key.NEGATIVE_SLOPE,
          "network.activation is "
              + activation
              + ", and only "
              + Activations.LEAKY_RELU
              + " has a slope; leave the key out");
    }
    return OptionalDouble.empty();
  }

  private List<Double> perLayer(Key key, int layers, boolean zero) {
    String bound = zero ? "not below 0" : "above 0";
    String accepted =
        "accepted is a number "
            + bound
            + ", or a list of "
            + layers
            + " of them: one per hidden layer and one for the output layer";
    if (!values.isList(key)) {
      return Collections.nCopies(layers, values.number(key, v -> zero ? v >= 0 : v > 0, accepted));
    }
    List<Double> list = values.numbers(key, v -> zero ? v >= 0 : v > 0, accepted).orElse(List.of());
    if (list.size() != layers) {
      throw values.refuse(key, accepted);
    }
    return list;
  }

  /**
   * Uniform widths to report.
   *
   * @param chosenFrom whether a width is to be chosen from them
   */
  List<Double> widths(boolean chosenFrom) {
    String accepted = "accepted is a list of different numbers above 0";
    List<Double> widths = values.numbers(Key.WIDTHS, v -> v > 0, accepted).orElse(List.of());
    if (widths.stream().distinct().count() < widths.size()) {
      throw values.refuse(Key.WIDTHS, accepted);
    }
    if (isAuto() && !widths.stream().allMatch(w -> w == Math.rint(w) && w <= WIDEST)) {
      throw values.refuse(
          Key.WIDTHS, "network.hidden-widths = auto chooses from them: whole numbers are needed");
    }
    return chosenFrom && widths.isEmpty() ? WidthChoice.grid() : widths;
  }
}
