package finitewidth.inference.networks;

import finitewidth.linalg.NumericsException;

/** A log density of weights, and where it rises: what a {@link Trajectory} goes by. */
interface Slopes {

  /** How the weights stand. */
  NetworkShape shape();

  /**
   * The log density with its gradient.
   *
   * @param out receives the gradient
   * @return NaN where it is not finite
   */
  double gradient(double[] x, double[] out);

  /**
   * The gradient for the leaps between a trajectory's ends, which may be a little off, but not at
   * random: it has to be the same on the way back.
   *
   * @param out receives it
   * @return whether there is one
   */
  default boolean between(double[] x, double[] out) {
    return Double.isFinite(gradient(x, out));
  }

  /**
   * Refuses weights where the log density is no number, saying why.
   *
   * @throws NumericsException always
   */
  NumericsException noNumber(double[] x);
}
