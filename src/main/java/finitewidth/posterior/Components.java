package finitewidth.posterior;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The Gaussians of which a prediction is the mixture: one for each network of some chains, with
 * equal weights, or one for each node of an integral.
 *
 * @param means [output][component]
 * @param variances [output][component], without noise; one array for all outputs that share them
 * @param weights [component], of sum 1
 * @param noises [component], the noise variance that each has found; empty where all have the noise
 *     that the posterior was given
 */
public record Components(double[][] means, double[][] variances, double[] weights, double[] noises)
    implements Serializable {

  /** Of equal weights and shared variances, with the noise that the posterior was given. */
  public static Components equal(double[][] means, double[] variances) {
    return equal(means, variances, new double[0]);
  }

  /**
   * Of equal weights.
   *
   * @param variances [component], shared by the outputs
   * @param noises of the components; empty where all have the posterior's
   */
  public static Components equal(double[][] means, double[] variances, double[] noises) {
    double[] weights = new double[variances.length];
    Arrays.fill(weights, 1.0 / weights.length);
    double[][] shared = new double[means.length][];
    Arrays.fill(shared, variances);
    return new Components(means, shared, weights, noises);
  }

  /** With the noise that the posterior was given. */
  public static Components weighted(double[][] means, double[][] variances, double[] weights) {
    return new Components(means, variances, weights, new double[0]);
  }

  /**
   * Variances with noise, [output][component].
   *
   * @param noise s² of components that have none of their own
   */
  double[][] targetVariances(double noise) {
    double[][] sums = new double[variances.length][];
    for (int i = 0; i < sums.length; i++) {
      sums[i] =
          i > 0 && variances[i] == variances[i - 1] ? sums[i - 1] : noisy(variances[i], noise);
    }
    return sums;
  }

  private double[] noisy(double[] own, double noise) {
    double[] sums = new double[own.length];
    for (int k = 0; k < sums.length; k++) {
      sums[k] = own[k] + (noises.length == 0 ? noise : noises[k]);
    }
    return sums;
  }

  /**
   * The mixture of one output.
   *
   * @param spread variances of the components, with noise where there is any
   */
  GaussianMixture of(int output, double[] spread) {
    GaussianMixture mixture = new GaussianMixture(spread.length);
    for (int k = 0; k < spread.length; k++) {
      mixture.add(means[output][k], spread[k], weights[k]);
    }
    return mixture;
  }

  /**
   * −log p(y) of one output with noise, y in preprocessed units.
   *
   * @param noise s² of components that have none of their own
   */
  public double negativeLogDensity(int output, double y, double noise) {
    return -of(output, noisy(variances[output], noise)).logDensity(y);
  }

  /**
   * For each output the probability that it is the largest, the outputs of each component with
   * noise being independent Gaussians.
   *
   * @param noise s² of components that have none of their own
   */
  public double[] largest(double noise) {
    int outputs = means.length;
    double[] probabilities = new double[outputs];
    double[] mean = new double[outputs];
    double[] variance = new double[outputs];
    double[][] sums = targetVariances(noise);
    for (int k = 0; k < weights.length; k++) {
      for (int i = 0; i < outputs; i++) {
        mean[i] = means[i][k];
        variance[i] = sums[i][k];
      }
      double[] one = LargestOf.probabilities(mean, variance);
      for (int i = 0; i < outputs; i++) {
        probabilities[i] += weights[k] * one[i];
      }
    }
    return probabilities;
  }
}
