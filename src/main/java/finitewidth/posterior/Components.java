package finitewidth.posterior;

import java.io.Serializable;

/**
 * The Gaussians of which a prediction is the equally weighted mixture, one for each network.
 *
 * @param means [output][network]
 * @param variances [network], shared by the outputs, without noise
 * @param noises [network], the noise variance that each has found; empty where all have the noise
 *     that the posterior was given
 */
public record Components(double[][] means, double[] variances, double[] noises)
    implements Serializable {

  /** Of networks with the same noise. */
  public Components(double[][] means, double[] variances) {
    this(means, variances, new double[0]);
  }

  /**
   * Variances with noise.
   *
   * @param noise s² of networks that have none of their own
   */
  double[] targetVariances(double noise) {
    double[] sums = new double[variances.length];
    for (int k = 0; k < sums.length; k++) {
      sums[k] = variances[k] + (noises.length == 0 ? noise : noises[k]);
    }
    return sums;
  }

  /**
   * −log p(y) of one output with noise, y in preprocessed units.
   *
   * @param noise s² of networks that have none of their own
   */
  public double negativeLogDensity(int output, double y, double noise) {
    return -GaussianMixture.of(means[output], targetVariances(noise)).logDensity(y);
  }

  /**
   * For each output the probability that it is the largest, the outputs of each network with noise
   * being independent Gaussians.
   *
   * @param noise s² of networks that have none of their own
   */
  public double[] largest(double noise) {
    int outputs = means.length;
    double[] probabilities = new double[outputs];
    double[] mean = new double[outputs];
    double[] variance = new double[outputs];
    double[] sums = targetVariances(noise);
    for (int k = 0; k < variances.length; k++) {
      for (int i = 0; i < outputs; i++) {
        mean[i] = means[i][k];
        variance[i] = sums[k];
      }
      double[] one = LargestOf.probabilities(mean, variance);
      for (int i = 0; i < outputs; i++) {
        probabilities[i] += one[i] / variances.length;
      }
    }
    return probabilities;
  }
}
