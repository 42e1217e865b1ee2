package finitewidth.gaussian;

import finitewidth.gaussian.quadrature.QuadratureActivation;
import java.io.Serializable;
import java.util.Optional;

/**
 * An activation function σ of which nothing is known but its values: what a user's own activation
 * implements, with a public constructor without parameters, to be named in {@code
 * network.activation} by its class.
 *
 * <p>Its Gaussian expectations are worked out by quadrature, see {@link QuadratureActivation}; no
 * derivative of σ is asked for, as those of expectations follow from σ by integration by parts.
 * Between finitely many kinks or jumps σ should be smooth. It must give the same value for the same
 * z always, be finite, and grow slowly enough that ⟨σ⁴⟩ exists. One instance serves many threads.
 */
@FunctionalInterface
public interface ActivationFunction extends Serializable {

  /** σ(z). */
  double value(double z);

  /**
   * σ of many numbers, the same bits as {@link #value} of each.
   *
   * @param z numbers, from the first on
   * @param out receives σ of them; may be z itself
   * @param count how many
   */
  default void values(double[] z, double[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = value(z[i]);
    }
  }

  /**
   * σ', if the implementation gives it. Chains of whole networks need it, expectations do not; it
   * must be that of {@link #value}, or chains move slowly.
   */
  default Optional<Derivative> derivative() {
    return Optional.empty();
  }
}
