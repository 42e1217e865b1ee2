package finitewidth.job;

import finitewidth.flow.Architecture;
import finitewidth.flow.Widths;
import finitewidth.gaussian.Activation;
import finitewidth.gaussian.Activations;
import java.util.List;

/** From the configured network to what the numerics take. */
final class Networks {
  private Networks() {}

  static Architecture architecture(NetworkConfig network) {
    return Architecture.of(
        activation(network), array(network.biasVariances()), array(network.weightVariances()));
  }

  private static Activation activation(NetworkConfig network) {
    return network.negativeSlope().isPresent()
        ? Activations.leakyRelu(network.negativeSlope().getAsDouble())
        : Activations.byName(network.activation()).orElseThrow();
  }

  static Widths widths(NetworkConfig network) {
    return Widths.of(network.hiddenWidths().stream().mapToDouble(Long::doubleValue).toArray());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
