package finitewidth.posterior;

import finitewidth.prior.Widths;
import org.apache.commons.numbers.gamma.InverseErfc;

/**
 * The distributions of the outputs at one row given the data, in preprocessed units: exact where
 * the prediction is a mixture of Gaussians, and otherwise by mean, variance and cumulants.
 */
public sealed interface PredictiveDensity permits EdgeworthDensity, MixtureDensity {

  /**
   * The distributions of the latent function at these widths.
   *
   * @param prediction to the order there is: what is not known of mean and variance counts as zero
   */
  static PredictiveDensity latent(Prediction prediction, Widths widths) {
    Predictive predictive = prediction.at(widths);
    Components components = predictive.components();
    return components == null
        ? new EdgeworthDensity(prediction, widths, 0)
        : new MixtureDensity(predictive, components, components.variances());
  }

  /**
   * The distributions of targets at these widths.
   *
   * @param prediction to the order there is, as for {@link #latent}
   * @param noise s², added to the variances, but for those of networks that have found their own
   */
  static PredictiveDensity target(Prediction prediction, Widths widths, double noise) {
    Predictive predictive = prediction.at(widths);
    Components components = predictive.components();
    return components == null
        ? new EdgeworthDensity(prediction, widths, noise)
        : new MixtureDensity(predictive, components, components.targetVariances(noise));
  }

  /** Φ⁻¹(p). */
  static double normalQuantile(double p) {
    return -Math.sqrt(2) * InverseErfc.value(2 * p);
  }

  /** Whether third and fourth cumulants are known. */
  boolean hasCumulants();

  /** κ₃ of output i; 0 where it is not known. */
  double third(int i);

  /** κ₄ of output i; 0 where it is not known. */
  double fourth(int i);

  /** The quantile of output i at probability p. */
  double quantile(int i, double p);

  /** That of the Gaussian with the same mean and variance. */
  double gaussianQuantile(int i, double p);

  /** κ₃/σ³ of output i. */
  double skewness(int i);

  /** κ₄/σ⁴ of output i. */
  double excessKurtosis(int i);

  /** Whether output i's density is nowhere negative, as an Edgeworth density may be. */
  boolean isPositive(int i);

  /** How many outputs there are. */
  int outputs();

  /** Whether no output's density is negative anywhere. */
  default boolean isPositive() {
    for (int i = 0; i < outputs(); i++) {
      if (!isPositive(i)) {
        return false;
      }
    }
    return true;
  }
}
