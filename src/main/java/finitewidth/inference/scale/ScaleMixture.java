package finitewidth.inference.scale;

import finitewidth.posterior.Components;
import finitewidth.posterior.Predictive;
import org.jspecify.annotations.Nullable;

/**
 * A row's Gaussians at the nodes of the scale.
 *
 * @param means of them
 * @param variances of them
 * @param weights of them
 * @param mean of their mixture
 * @param variance of their mixture
 */
public record ScaleMixture(
    double[] means, double[] variances, double[] weights, double mean, double variance) {

  /** That of a row. */
  public static ScaleMixture of(Whitened at, ScalePosterior scale, Whitened.Row row) {
    int nodes = scale.scales().length;
    double[] gaussian = new double[2];
    double[] means = new double[nodes];
    double[] variances = new double[nodes];
    double mean = 0;
    double variance = 0;
    for (int k = 0; k < nodes; k++) {
      at.at(row, scale.scales()[k], gaussian);
      means[k] = gaussian[0];
      variances[k] = gaussian[1];
      mean += scale.weights()[k] * means[k];
      variance += scale.weights()[k] * variances[k];
    }
    for (int k = 0; k < nodes; k++) {
      double off = means[k] - mean;
      variance += scale.weights()[k] * off * off;
    }
    return new ScaleMixture(means, variances, scale.weights(), mean, variance);
  }

  /** The same with another mean, and the variance times a factor; null where there is none. */
  public @Nullable Components moved(double toMean, double factor) {
    double stretch = Math.sqrt(factor);
    double[] moved = new double[means.length];
    double[] stretched = new double[means.length];
    for (int k = 0; k < moved.length; k++) {
      moved[k] = toMean + stretch * (means[k] - mean);
      stretched[k] = factor * variances[k];
      // Written so that NaN is none too: a variance that rounding has left below zero.
      if (!(stretched[k] >= 0)) {
        return null;
      }
    }
    return Components.weighted(new double[][] {moved}, stretched, weights);
  }

  /**
   * The prediction that it is.
   *
   * @param nngpMean at infinite width
   * @param nngpVariance at infinite width
   * @param trusted whether it is to be believed, rounding aside
   */
  public Predictive predictive(double[] nngpMean, double nngpVariance, boolean trusted) {
    double[] zero = new double[1];
    return new Predictive(
        nngpMean,
        nngpVariance,
        new double[] {mean - nngpMean[0]},
        new double[] {variance - nngpVariance},
        zero,
        zero,
        trusted && variance > 0,
        moved(mean, 1));
  }
}
