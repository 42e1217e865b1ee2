package finitewidth.job.config;

import java.util.Collections;
import java.util.List;
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
  public NetworkConfig {
    hiddenWidths = List.copyOf(hiddenWidths);
    biasVariances = List.copyOf(biasVariances);
    weightVariances = List.copyOf(weightVariances);
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
