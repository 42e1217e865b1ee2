package finitewidth.job.config;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.activations.Activations;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From the configured network to what the numerics take. */
public final class Networks {
  private Networks() {}

  public static Architecture architecture(NetworkConfig network) {
    return Architecture.of(
        activation(network), array(network.biasVariances()), array(network.weightVariances()));
  }

  private static Activation activation(NetworkConfig network) {
    Optional<FourPointActivation> found = withFourPoints(network);
    return found.isPresent() ? found.get() : Activations.byName(network.activation()).orElseThrow();
  }

  /** The activation, if it has four-point moments: if the exact contraction can take it. */
  public static Optional<FourPointActivation> withFourPoints(NetworkConfig network) {
    return network.negativeSlope().isPresent()
        ? Optional.of(Activations.leakyRelu(network.negativeSlope().getAsDouble()))
        : Activations.withFourPoints(network.activation());
  }

  public static Widths widths(NetworkConfig network) {
    return Widths.of(network.hiddenWidths().stream().mapToDouble(Long::doubleValue).toArray());
  }

  /**
   * Infinite width, the configured network, then the uniform widths to report beside it. With
   * {@code posterior.method = nngp} the network is of infinite width itself.
   */
  public static List<Widths> choices(JobConfig config) {
    int layers = config.network().hiddenWidths().size();
    List<Widths> choices = new ArrayList<>();
    Widths infinite = Widths.uniform(layers, Double.POSITIVE_INFINITY);
    choices.add(infinite);
    choices.add(config.posterior().isInfinite() ? infinite : widths(config.network()));
    config.widths().forEach(width -> choices.add(Widths.uniform(layers, width)));
    return choices;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
