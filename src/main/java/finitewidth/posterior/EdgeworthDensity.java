package finitewidth.posterior;

import finitewidth.prior.Widths;
import finitewidth.prior.density.Edgeworth;

/**
 * The distributions of the outputs at one row given the data, from mean, variance and {@link
 * Cumulants}: quantiles by Cornish and Fisher's form of first order, see {@link Edgeworth}. Without
 * cumulants they are Gaussian. All in preprocessed units.
 */
final class EdgeworthDensity implements PredictiveDensity {
  private final boolean known;
  private final double[] third;
  private final double fourth;
  private final Edgeworth[] outputs;

  EdgeworthDensity(Prediction prediction, Widths widths, double noise) {
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

  @Override
  public boolean hasCumulants() {
    return known;
  }

  @Override
  public double third(int i) {
    return third[i];
  }

  @Override
  public double fourth(int i) {
    return fourth;
  }

  @Override
  public double quantile(int i, double p) {
    return outputs[i].quantile(PredictiveDensity.normalQuantile(p));
  }

  @Override
  public double gaussianQuantile(int i, double p) {
    return outputs[i].mean() + outputs[i].deviation() * PredictiveDensity.normalQuantile(p);
  }

  /** κ₃/σ³ of output i. */
  public double skewness(int i) {
    return 6 * outputs[i].third();
  }

  /** κ₄/σ⁴ of output i. */
  public double excessKurtosis(int i) {
    return 24 * outputs[i].fourth();
  }

  @Override
  public boolean isPositive(int i) {
    return outputs[i].isPositive();
  }

  @Override
  public int outputs() {
    return outputs.length;
  }
}
