package finitewidth.posterior;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The predictive distribution of the latent function at one row for networks of given widths. Order
 * 0 and the correction stay apart; here, and nowhere else, they are added up.
 *
 * @param nngpMean m means at infinite width
 * @param nngpVariance the variance at infinite width, shared by the outputs
 * @param deltaMean what finite width adds for each output; empty where it is not known
 * @param deltaVariance likewise
 * @param meanError standard errors of deltaMean; 0 where it is exact, empty where it is not known
 * @param varianceError likewise
 * @param trusted whether the method that has made it holds there: first order within its
 *     {@linkplain Expansion expansion}, draws and chains with errors that are known
 * @param components the Gaussians that it is a mixture of; null where it is none
 */
public record Predictive(
    double[] nngpMean,
    double nngpVariance,
    double[] deltaMean,
    double[] deltaVariance,
    double[] meanError,
    double[] varianceError,
    boolean trusted,
    @Nullable Components components)
    implements Serializable {

  /** A distribution of which mean and variance alone are known. */
  public Predictive(
      double[] nngpMean,
      double nngpVariance,
      double[] deltaMean,
      double[] deltaVariance,
      double[] meanError,
      double[] varianceError,
      boolean trusted) {
    this(nngpMean, nngpVariance, deltaMean, deltaVariance, meanError, varianceError, trusted, null);
  }

  /** Whether the mean's correction is known. */
  public boolean hasCorrection() {
    return deltaMean.length > 0;
  }

  /** Whether the variance's correction is known. */
  public boolean hasVarianceCorrection() {
    return deltaVariance.length > 0;
  }

  /** The mean of each output to the order there is. */
  public double[] mean() {
    double[] mean = nngpMean.clone();
    for (int i = 0; i < deltaMean.length; i++) {
      mean[i] += deltaMean[i];
    }
    return mean;
  }

  /** The variance of each output to the order there is, without noise; it may be negative. */
  public double[] variance() {
    double[] variance = new double[nngpMean.length];
    for (int i = 0; i < variance.length; i++) {
      variance[i] = nngpVariance + (hasVarianceCorrection() ? deltaVariance[i] : 0);
    }
    return variance;
  }
}
