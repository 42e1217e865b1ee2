package finitewidth.posterior;

/**
 * When first order in 1/width is to be trusted at one prediction (docs/theory.md#validity).
 *
 * <p>The next order is of the size of the first one squared, relative to order 0. So the correction
 * must be small beside the NNGP posterior itself: |δμ| &lt; MEAN_SHIFT · √c and |δc| &lt;
 * VARIANCE_SHIFT · c with c the NNGP posterior variance of the latent function. Beyond, the
 * prediction is reported as it is, with a flag; a corrected variance is never clamped.
 */
public final class Expansion {
  /** Largest |δμ| in NNGP posterior standard deviations. */
  public static final double MEAN_SHIFT = 1.0;

  /** Largest |δc| as a fraction of the NNGP posterior variance. */
  public static final double VARIANCE_SHIFT = 0.5;

  private Expansion() {}

  /**
   * @param variance c, the NNGP posterior variance
   * @param deltaMean δμ by output
   * @param deltaVariance δc by output; empty where it was not asked for
   */
  public static boolean holds(double variance, double[] deltaMean, double[] deltaVariance) {
    if (Double.isInfinite(variance)) {
      return false;
    }
    double mostMean = MEAN_SHIFT * Math.sqrt(variance);
    double mostVariance = VARIANCE_SHIFT * variance;
    for (double shift : deltaMean) {
      // Written so that NaN, as from a variance rounded below zero, is outside.
      if (!(Math.abs(shift) < mostMean)) {
        return false;
      }
    }
    for (double shift : deltaVariance) {
      if (!(Math.abs(shift) < mostVariance)) {
        return false;
      }
    }
    return true;
  }
}
