package finitewidth.posterior;

import java.util.Arrays;

/** How probable each class is, where every output stands for one. */
public final class ClassProbabilities {
  private ClassProbabilities() {}

  /**
   * The probability that an output with noise is the largest, for each; they sum to 1. All are NaN
   * where a variance is not known or not positive.
   *
   * @param noise s² of the outputs
   */
  public static double[] of(Predictive predictive, double noise) {
    Components components = predictive.components();
    if (components != null) {
      return components.largest(noise);
    }
    double[] mean = predictive.mean();
    if (predictive.hasCorrection() && !predictive.hasVarianceCorrection()) {
      double[] unknown = new double[mean.length];
      Arrays.fill(unknown, Double.NaN);
      return unknown;
    }
    double[] variance = predictive.variance();
    for (int i = 0; i < variance.length; i++) {
      variance[i] += noise;
    }
    return LargestOf.probabilities(mean, variance);
  }
}
