package finitewidth.job;

import finitewidth.flow.Architecture;
import finitewidth.flow.Widths;
import finitewidth.gaussian.Activations;
import java.util.List;

/** From the configured network to what the numerics take. */
final class Networks {
  private Networks() {}

  static Architecture architecture(NetworkConfig network) {
    return Architecture.of(
        Activations.byName(network.activation()).orElseThrow(),
        array(network.biasVariances()),
        array(network.weightVariances()));
  }

  static Widths widths(NetworkConfig network) {
    return Widths.of(network.hiddenWidths().stream().mapToDouble(Long::doubleValue).toArray());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
