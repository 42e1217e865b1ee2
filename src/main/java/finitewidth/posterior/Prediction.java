package finitewidth.posterior;

import finitewidth.flow.Widths;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The predictive distribution of the latent function at one row, order by order, for m outputs.
 *
 * @param nngpMean m means at infinite width
 * @param nngpVariance the variance at infinite width, shared by the outputs
 * @param meanCoefficients [source layer][output]: δμ = Σ_s coefficient / n_s
 * @param varianceCoefficients [source layer][output], likewise; no outputs where variances were not
 *     asked for
 * @param meanErrors standard errors of the mean's coefficients, likewise; zero where the
 *     contraction was exact. Source layers err independently
 * @param varianceErrors standard errors of the variance's coefficients, likewise
 */
public record Prediction(
    double[] nngpMean,
    double nngpVariance,
    double[][] meanCoefficients,
    double[][] varianceCoefficients,
    double[][] meanErrors,
    double[][] varianceErrors)
    implements Serializable {

  /** A prediction without sampling error. */
  public static Prediction exact(
      double[] nngpMean,
      double nngpVariance,
      double[][] meanCoefficients,
      double[][] varianceCoefficients) {
    return new Prediction(
        nngpMean,
        nngpVariance,
        meanCoefficients,
        varianceCoefficients,
        zeros(meanCoefficients),
        zeros(varianceCoefficients));
  }

  private static double[][] zeros(double[][] shape) {
    return Arrays.stream(shape).map(row -> new double[row.length]).toArray(double[][]::new);
  }

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

  /** The standard error of δμ_i for each output; 0 where the contraction was exact. */
  public double[] meanError(Widths widths) {
    return quadrature(meanErrors, widths);
  }

  /** The standard error of δc_ii for each output; empty where variances were not asked for. */
  public double[] varianceError(Widths widths) {
    return quadrature(varianceErrors, widths);
  }

  private static double[] quadrature(double[][] errors, Widths widths) {
    double[] combined = new double[errors[0].length];
    for (int i = 0; i < combined.length; i++) {
      double square = 0;
      for (int s = 0; s < errors.length; s++) {
        double error = errors[s][i] / widths.width(s);
        square += error * error;
      }
      combined[i] = Math.sqrt(square);
    }
    return combined;
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
