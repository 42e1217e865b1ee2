package finitewidth.inference.montecarlo;

import java.io.Serializable;

/**
 * Which means against noise are used. Estimates are unbiased with any of them; benchmarks measure
 * what each is worth.
 *
 * @param chaos control variate of the draws' weights, see {@link ChaosControl}
 * @param contractions whether the last layer subtracts its part from single contractions
 * @param mirrored whether a further row's innovation is used with both signs
 * @param vectorsEvery one chunk in so many carries test vectors
 */
public record Reductions(boolean chaos, boolean contractions, boolean mirrored, int vectorsEvery)
    implements Serializable {
  /** What pays. */
  public static final Reductions ALL = new Reductions(true, true, true, 2);

  /** Plain sampling, but for exact centring. */
  public static final Reductions NONE = new Reductions(false, false, false, 1);
}
