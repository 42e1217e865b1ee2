package finitewidth.job;

import finitewidth.flow.Architecture;
import finitewidth.flow.Widths;
import finitewidth.gaussian.Activation;
import finitewidth.gaussian.Activations;
import finitewidth.gaussian.ExactActivation;
import java.util.List;
import java.util.Optional;

/** From the configured network to what the numerics take. */
final class Networks {
  private Networks() {}

  static Architecture architecture(NetworkConfig network) {
    return Architecture.of(
        activation(network), array(network.biasVariances()), array(network.weightVariances()));
  }

  private static Activation activation(NetworkConfig network) {
    Optional<ExactActivation> exact = exact(network);
    return exact.isPresent() ? exact.get() : Activations.byName(network.activation()).orElseThrow();
  }

  /** The activation, if it has four-point moments: if the exact contraction can take it. */
  static Optional<ExactActivation> exact(NetworkConfig network) {
    return network.negativeSlope().isPresent()
        ? Optional.of(Activations.leakyRelu(network.negativeSlope().getAsDouble()))
        : Activations.exact(network.activation());
  }

  static Widths widths(NetworkConfig network) {
    return Widths.of(network.hiddenWidths().stream().mapToDouble(Long::doubleValue).toArray());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
