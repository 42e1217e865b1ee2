package finitewidth.posterior;

import finitewidth.prior.Widths;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The predictive distribution of the latent function at one row for m outputs, to be read
 * {@linkplain #at at widths}: by coefficients of 1/width at all of them, or known at given ones
 * only. A row that could not be predicted, for want of a feature, has {@link #none}: no outputs.
 */
public sealed interface Prediction extends Serializable permits ByCoefficients, AtWidths {

  /** m means at infinite width. */
  double[] nngpMean();

  /** The variance at infinite width, shared by the outputs. */
  double nngpVariance();

  /** Third and fourth cumulants, where they were asked for. */
  Cumulants cumulants();

  /**
   * What it is for networks of these widths.
   *
   * @throws IllegalArgumentException if it is not known there, naming the widths where it is
   */
  Predictive at(Widths widths);

  /** Whether the mean's correction is known: not at order 0. */
  boolean hasCorrection();

  /** Whether the variance's correction is known. */
  boolean hasVarianceCorrection();

  /**
   * This prediction by coefficients.
   *
   * @throws IllegalStateException if it is known at given widths only
   */
  ByCoefficients coefficients();

  /** What it is to first order, where that was a step on the way to it; null where it was none. */
  default @Nullable ByCoefficients firstOrderStep() {
    return null;
  }

  /** m. */
  default int outputs() {
    return nngpMean().length;
  }

  /** Whether there is no prediction at all. */
  default boolean isNone() {
    return nngpMean().length == 0;
  }

  /** A prediction to first order without sampling error. */
  static ByCoefficients exact(
      double[] nngpMean,
      double nngpVariance,
      double[][] meanCoefficients,
      double[][] varianceCoefficients) {
    return new ByCoefficients(
        nngpMean,
        nngpVariance,
        meanCoefficients,
        varianceCoefficients,
        ByCoefficients.zeros(meanCoefficients),
        ByCoefficients.zeros(varianceCoefficients));
  }

  /**
   * A prediction without correction.
   *
   * @param sources hidden layers
   */
  static ByCoefficients order0(double[] nngpMean, double nngpVariance, int sources) {
    double[][] none = new double[sources][0];
    return new ByCoefficients(nngpMean, nngpVariance, none, none, none, none);
  }

  /** What is known of a row without features. */
  static ByCoefficients none() {
    return order0(new double[0], Double.NaN, 1);
  }
}
