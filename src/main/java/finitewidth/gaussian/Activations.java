package finitewidth.gaussian;

import java.util.List;
import java.util.Optional;

/** The activations that have closed-form or one-dimensional expectations, by name. */
public final class Activations {
  private static final List<Activation> EXACT =
      List.of(
          new LinearActivation(),
          new QuadraticActivation(),
          new ReluActivation(),
          new ErfActivation(),
          WaveActivation.sine(),
          WaveActivation.cosine());

  private Activations() {}

  /** The activation of that configuration name, if there is one. */
  public static Optional<Activation> byName(String name) {
    return EXACT.stream().filter(a -> a.name().equals(name)).findFirst();
  }

  /** All names that {@link #byName} knows, in the order of the documentation. */
  public static List<String> names() {
    return EXACT.stream().map(Activation::name).toList();
  }
}
