package finitewidth.gaussian.activations;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.ActivationFunction;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.closed.LinearActivation;
import finitewidth.gaussian.closed.QuadraticActivation;
import finitewidth.gaussian.closed.WaveActivation;
import finitewidth.gaussian.erf.ErfActivation;
import finitewidth.gaussian.erf.GeluActivation;
import finitewidth.gaussian.quadrature.QuadratureActivation;
import finitewidth.gaussian.quadrature.StandardFunction;
import finitewidth.gaussian.relu.LeakyReluActivation;
import finitewidth.gaussian.relu.ReluActivation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The activations by name: those with four-point moments, those by quadrature of σ alone, and a
 * user's own by the name of its class.
 */
public final class Activations {
  /** The one that takes a slope, see {@link #leakyRelu}. */
  public static final String LEAKY_RELU = LeakyReluActivation.NAME;

  /** The slope that {@link #byName} gives a leaky ReLU. */
  public static final double DEFAULT_NEGATIVE_SLOPE = 0.01;

  private static final List<FourPointActivation> WITH_FOUR_POINTS =
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

  /**
   * The activation of that configuration name, if there is one. A name with a dot in it is that of
   * a class, see {@link ActivationFunction}.
   *
   * @throws finitewidth.gaussian.ActivationClassException if there is no such class, or it is none
   *     to be used
   */
  public static Optional<Activation> byName(String name) {
    if (isClassName(name)) {
      return Optional.of(new QuadratureActivation(name, ActivationClass.make(name)));
    }
    Optional<FourPointActivation> found = withFourPoints(name);
    if (found.isPresent()) {
      return Optional.of(found.get());
    }
    return StandardFunction.byName(name).map(f -> new QuadratureActivation(f.title(), f));
  }

  /** The activation of that name, if it has four-point moments. */
  public static Optional<FourPointActivation> withFourPoints(String name) {
    return WITH_FOUR_POINTS.stream().filter(a -> a.name().equals(name)).findFirst();
  }

  /** Whether a name is to be taken for that of a class. */
  public static boolean isClassName(String name) {
    return name.indexOf('.') >= 0;
  }

  /**
   * The activation of that name with these {@linkplain Activation#parameters parameters}, defaults
   * standing for those left out.
   *
   * @return empty if no activation of that name has parameters of these names and values
   * @throws finitewidth.gaussian.ActivationClassException if the name is that of a class that is
   *     not to be used
   */
  public static Optional<Activation> of(String name, Map<String, Double> parameters) {
    if (parameters.isEmpty()) {
      return byName(name);
    }
    Double slope = parameters.get(LeakyReluActivation.SLOPE);
    boolean known = name.equals(LEAKY_RELU) && parameters.size() == 1;
    return known && slope != null && Math.abs(slope) <= 1
        ? Optional.of(leakyRelu(slope))
        : Optional.empty();
  }

  /**
   * σ(z) = z for z &gt; 0 and {@code slope} z for z &lt; 0. A slope beyond ±1 would be this one
   * reflected, with 1/slope, and {@code slope} times as large.
   *
   * @throws IllegalArgumentException unless −1 ≤ slope ≤ 1
   */
  public static FourPointActivation leakyRelu(double slope) {
    return new LeakyReluActivation(slope);
  }

  /** All names that {@link #byName} knows beside classes, in the order of the documentation. */
  public static List<String> names() {
    return Stream.concat(
            namesWithFourPoints().stream(),
            Arrays.stream(StandardFunction.values()).flatMap(f -> f.names().stream()))
        .toList();
  }

  /** Those of them that have four-point moments. */
  public static List<String> namesWithFourPoints() {
    return WITH_FOUR_POINTS.stream().map(Activation::name).toList();
  }
}
