package finitewidth.inference.montecarlo;

import finitewidth.prior.Widths;

/**
 * What the sampled engine settles on.
 *
 * @param widths of the hidden layers; a guess at them where they are decided on later
 * @param tolerance largest standard error of δμ, in standard deviations of the NNGP posterior
 * @param seed of the draws
 * @param maxDraws most draws of each hidden layer
 * @param strict whether missing the tolerance is an error
 */
public record Sampling(Widths widths, double tolerance, long seed, long maxDraws, boolean strict) {

  /** A twentieth of the NNGP's standard deviation, at width 128. */
  public static Sampling standard(int hiddenLayers) {
    return new Sampling(Widths.uniform(hiddenLayers, 128), 0.05, 1, 1L << 22, false);
  }
}
