package finitewidth.gaussian;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The activations that have closed-form or one-dimensional expectations, by name. */
public final class Activations {
  /** The one that takes a slope, see {@link #leakyRelu}. */
  public static final String LEAKY_RELU = LeakyReluActivation.NAME;

  /** The slope that {@link #byName} gives a leaky ReLU. */
  public static final double DEFAULT_NEGATIVE_SLOPE = 0.01;

  private static final List<Activation> EXACT =
      List.of(
          new LinearActivation(),
          new QuadraticActivation(),
          new ReluActivation(),
          new LeakyReluActivation(DEFAULT_NEGATIVE_SLOPE),
          new GeluActivation(),
          new ErfActivation(),
          WaveActivation.sine(),
          WaveActivation.cosine());

  private Activations() {}

  /** The activation of that configuration name, if there is one. */
  public static Optional<Activation> byName(String name) {
    return EXACT.stream().filter(a -> a.name().equals(name)).findFirst();
  }

  /**
   * The activation of that name with these {@linkplain Activation#parameters parameters}, defaults
   * standing for those left out.
   *
   * @return empty if no activation of that name has parameters of these names and values
   */
  public static Optional<Activation> of(String name, Map<String, Double> parameters) {
    if (parameters.isEmpty()) {
      return byName(name);
    }
    Double slope = parameters.get(LeakyReluActivation.SLOPE);
    boolean known = name.equals(LEAKY_RELU) && parameters.size() == 1 && slope != null;
    return known && Math.abs(slope) <= 1 ? Optional.of(leakyRelu(slope)) : Optional.empty();
  }

  /**
   * σ(z) = z for z &gt; 0 and {@code slope} z for z &lt; 0. A slope beyond ±1 would be this one
   * reflected, with 1/slope, and {@code slope} times as large.
   *
   * @throws IllegalArgumentException unless −1 ≤ slope ≤ 1
   */
  public static Activation leakyRelu(double slope) {
    return new LeakyReluActivation(slope);
  }

  /** All names that {@link #byName} knows, in the order of the documentation. */
  public static List<String> names() {
    return EXACT.stream().map(Activation::name).toList();
  }
}
