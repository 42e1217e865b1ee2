package finitewidth.posterior;

/**
 * The distributions of a mixture of Gaussians, exactly. With weights w_k, means μ_k and variances
 * c_k about the mean μ, and ⟨·⟩ = Σ_k w_k(·): κ₃ = ⟨d³ + 3dc⟩ and κ₄ = ⟨d⁴ + 6d²c + 3c²⟩ − 3κ₂², d
 * = μ_k − μ.
 */
final class MixtureDensity implements PredictiveDensity {
  private final GaussianMixture[] outputs;
  private final double[] mean;
  private final double[] variance;
  private final double[] third;
  private final double[] fourth;

  /**
   * @param variances [output][component], with noise where there is any
   */
  MixtureDensity(Predictive predictive, Components components, double[][] variances) {
    mean = predictive.mean();
    outputs = new GaussianMixture[mean.length];
    variance = new double[mean.length];
    third = new double[mean.length];
    fourth = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      outputs[i] = components.of(i, variances[i]);
      variance[i] = outputs[i].variance();
      double[] means = components.means()[i];
      double[] weights = components.weights();
      double cubes = 0;
      double fourths = 0;
      for (int k = 0; k < means.length; k++) {
        double d = means[k] - mean[i];
        double c = variances[i][k];
        cubes += weights[k] * (d * d * d + 3 * d * c);
        fourths += weights[k] * (d * d * d * d + 6 * d * d * c + 3 * c * c);
      }
      third[i] = cubes;
      fourth[i] = fourths - 3 * variance[i] * variance[i];
    }
  }

  @Override
  public boolean hasCumulants() {
    return true;
  }

  @Override
  public double third(int i) {
    return third[i];
  }

  @Override
  public double fourth(int i) {
    return fourth[i];
  }

  @Override
  public double quantile(int i, double p) {
    return outputs[i].quantile(p);
  }

  @Override
  public double gaussianQuantile(int i, double p) {
    return mean[i] + Math.sqrt(variance[i]) * PredictiveDensity.normalQuantile(p);
  }

  @Override
  public double skewness(int i) {
    return third[i] / Math.pow(variance[i], 1.5);
  }

  @Override
  public double excessKurtosis(int i) {
    return fourth[i] / (variance[i] * variance[i]);
  }

  @Override
  public boolean isPositive(int i) {
    return true;
  }

  @Override
  public int outputs() {
    return outputs.length;
  }
}
