package finitewidth.posterior;

import finitewidth.prior.Widths;
import finitewidth.prior.density.Edgeworth;
import java.util.Arrays;
import org.apache.commons.numbers.gamma.InverseErfc;

/**
 * The distributions of the outputs at one row given the data, from mean, variance and {@link
 * Cumulants}: quantiles by Cornish and Fisher's form of first order, see {@link Edgeworth}. Without
 * cumulants they are Gaussian. All in preprocessed units.
 */
public final class PredictiveDensity {
  private final boolean known;
  private final double[] third;
  private final double fourth;
  private final Edgeworth[] outputs;

  /**
   * The distributions that a prediction has at these widths.
   *
   * @param prediction to the order there is: what is not known of mean and variance counts as zero
   * @param noise added to the variances: 0 for those of the latent function
   */
  public static PredictiveDensity of(Prediction prediction, Widths widths, double noise) {
    return new PredictiveDensity(prediction, widths, noise);
  }

  private PredictiveDensity(Prediction prediction, Widths widths, double noise) {
    Predictive moments = prediction.at(widths);
    double[] mean = moments.mean();
    double[] variance = moments.variance();
    known = !prediction.cumulants().isNone();
    fourth = known ? prediction.cumulants().fourth(widths) : 0;
    third = new double[mean.length];
    outputs = new Edgeworth[mean.length];
    for (int i = 0; i < mean.length; i++) {
      third[i] = known ? prediction.cumulants().third(widths, i) : 0;
      // A variance that is not positive makes no number of the quantiles, and no positive density.
      outputs[i] = Edgeworth.ofCumulants(mean[i], variance[i] + noise, third[i], fourth);
    }
  }

  /** Φ⁻¹(p), of which {@link #quantile} wants to know. */
  public static double normalQuantile(double p) {
    return -Math.sqrt(2) * InverseErfc.value(2 * p);
  }

  /** Whether third and fourth cumulants are known. */
  public boolean hasCumulants() {
    return known;
  }

  /** κ₃ of output i; 0 where it is not known. */
  public double third(int i) {
    return third[i];
  }

  /** κ₄ of every output; 0 where it is not known. */
  public double fourth() {
    return fourth;
  }

  /**
   * The quantile of output i that lies where a standard normal has y.
   *
   * @param y Φ⁻¹(p)
   */
  public double quantile(int i, double y) {
    return outputs[i].quantile(y);
  }

  /** That of the Gaussian with the same mean and variance. */
  public double gaussianQuantile(int i, double y) {
    return outputs[i].mean() + outputs[i].deviation() * y;
  }

  /** κ₃/σ³ of output i. */
  public double skewness(int i) {
    return 6 * outputs[i].third();
  }

  /** κ₄/σ⁴ of output i. */
  public double excessKurtosis(int i) {
    return 24 * outputs[i].fourth();
  }

  /** Whether output i's Edgeworth density is nowhere negative. */
  public boolean isPositive(int i) {
    return outputs[i].isPositive();
  }

  /** Whether no output's Edgeworth density is negative anywhere. */
  public boolean isPositive() {
    return Arrays.stream(outputs).allMatch(Edgeworth::isPositive);
  }
}
