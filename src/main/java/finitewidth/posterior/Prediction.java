package finitewidth.posterior;

import finitewidth.flow.Widths;
import java.io.Serializable;

/**
 * The predictive distribution of the latent function at one row, order by order, for m outputs.
 *
 * @param nngpMean m means at infinite width
 * @param nngpVariance the variance at infinite width, shared by the outputs
 * @param meanCoefficients [source layer][output]: δμ = Σ_s coefficient / n_s
 * @param varianceCoefficients [source layer][output], likewise; no outputs where variances were not
 *     asked for
 */
public record Prediction(
    double[] nngpMean,
    double nngpVariance,
    double[][] meanCoefficients,
    double[][] varianceCoefficients)
    implements Serializable {

  public int outputs() {
    return nngpMean.length;
  }

  /** Whether the variance's correction is known. */
  public boolean hasVarianceCorrection() {
    return varianceCoefficients[0].length > 0;
  }

  /** δμ_i for each output. */
  public double[] deltaMean(Widths widths) {
    return combine(meanCoefficients, widths);
  }

  /** δc_ii for each output; empty where variances were not asked for. */
  public double[] deltaVariance(Widths widths) {
    return combine(varianceCoefficients, widths);
  }

  private static double[] combine(double[][] coefficients, Widths widths) {
    double[] combined = new double[coefficients[0].length];
    double[] bySource = new double[coefficients.length];
    for (int i = 0; i < combined.length; i++) {
      for (int s = 0; s < bySource.length; s++) {
        bySource[s] = coefficients[s][i];
      }
      combined[i] = widths.apply(bySource);
    }
    return combined;
  }

  /**
   * Whether these widths are within the expansion at this row: for every output the mean moves by
   * less than {@link Expansion#MEAN_SHIFT} NNGP standard deviations and the variance by less than
   * {@link Expansion#VARIANCE_SHIFT} of itself (so that it stays positive).
   */
  public boolean withinExpansion(Widths widths) {
    return Expansion.holds(nngpVariance, deltaMean(widths), deltaVariance(widths));
  }
}
