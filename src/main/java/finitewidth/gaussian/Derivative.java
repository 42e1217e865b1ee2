package finitewidth.gaussian;

import java.io.Serializable;

/**
 * σ', the derivative of an activation: what gradients of whole networks ask for. Expectations never
 * do. One instance serves many threads.
 */
@FunctionalInterface
public interface Derivative extends Serializable {

  /**
   * σ'(z); at a kink one of the one-sided derivatives.
   *
   * @param value σ(z), of which σ' is often made at little cost, as in 1 − tanh²
   */
  double at(double z, double value);
}
