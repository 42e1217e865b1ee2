package finitewidth.posterior;

import finitewidth.prior.RangeException;
import finitewidth.prior.Widths;
import java.util.Arrays;

/**
 * A prediction to first order: order 0, and coefficients of 1/width of each hidden layer, so that
 * it can be read at every width.
 *
 * @param nngpMean m means at infinite width
 * @param nngpVariance the variance at infinite width, shared by the outputs
 * @param meanCoefficients [source layer][output]: δμ = Σ_s coefficient / n_s; no outputs at order 0
 * @param varianceCoefficients [source layer][output], likewise; no outputs where variances were not
 *     asked for
 * @param meanErrors standard errors of the mean's coefficients, likewise; zero where the
 *     contraction was exact. Source layers err independently
 * @param varianceErrors standard errors of the variance's coefficients, likewise
 * @param cumulants third and fourth, where they were asked for
 */
public record ByCoefficients(
    double[] nngpMean,
    double nngpVariance,
    double[][] meanCoefficients,
    double[][] varianceCoefficients,
    double[][] meanErrors,
    double[][] varianceErrors,
    Cumulants cumulants)
    implements Prediction {

  /**
   * What is not a number is no prediction.
   *
   * @throws RangeException naming what overflows
   */
  public ByCoefficients {
    if (nngpMean.length > 0) {
      requireFinite(nngpMean, "mean at infinite width", -1);
      requireFinite(nngpVariance, "variance at infinite width", -1);
      for (int s = 0; s < meanCoefficients.length; s++) {
        requireFinite(meanCoefficients[s], "correction of the mean", s);
        requireFinite(varianceCoefficients[s], "correction of the variance", s);
      }
    }
  }

  private static void requireFinite(double[] values, String what, int source) {
    for (double value : values) {
      requireFinite(value, what, source);
    }
  }

  private static void requireFinite(double value, String what, int source) {
    if (!Double.isFinite(value)) {
      throw new RangeException(
          "a prediction overflows: the "
              + what
              + (source < 0 ? "" : " from hidden layer " + (source + 1))
              + " is "
              + value
              + "; lower {WEIGHT_VARIANCE}, use fewer layers of {HIDDEN_WIDTHS}, or leave out rows"
              + " whose features are far beyond those of the training rows");
    }
  }

  /** A prediction without further cumulants. */
  public ByCoefficients(
      double[] nngpMean,
      double nngpVariance,
      double[][] meanCoefficients,
      double[][] varianceCoefficients,
      double[][] meanErrors,
      double[][] varianceErrors) {
    this(
        nngpMean,
        nngpVariance,
        meanCoefficients,
        varianceCoefficients,
        meanErrors,
        varianceErrors,
        Cumulants.none());
  }

  /** The same with third and fourth cumulants. */
  public ByCoefficients with(Cumulants known) {
    return new ByCoefficients(
        nngpMean,
        nngpVariance,
        meanCoefficients,
        varianceCoefficients,
        meanErrors,
        varianceErrors,
        known);
  }

  static double[][] zeros(double[][] shape) {
    return Arrays.stream(shape).map(row -> new double[row.length]).toArray(double[][]::new);
  }

  @Override
  public boolean hasCorrection() {
    return meanCoefficients[0].length > 0;
  }

  @Override
  public boolean hasVarianceCorrection() {
    return varianceCoefficients[0].length > 0;
  }

  @Override
  public ByCoefficients coefficients() {
    return this;
  }

  @Override
  public Predictive at(Widths widths) {
    double[] deltaMean = combine(meanCoefficients, widths);
    double[] deltaVariance = combine(varianceCoefficients, widths);
    return new Predictive(
        nngpMean,
        nngpVariance,
        deltaMean,
        deltaVariance,
        quadrature(meanErrors, widths),
        quadrature(varianceErrors, widths),
        Expansion.holds(nngpVariance, deltaMean, deltaVariance));
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
}
