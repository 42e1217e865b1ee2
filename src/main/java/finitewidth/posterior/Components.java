package finitewidth.posterior;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The Gaussians of which a prediction is the mixture: one for each network of some chains, with
 * equal weights, or one for each node of an integral.
 *
 * @param means [output][component]
 * @param variances [component], shared by the outputs, without noise
 * @param weights [component], of sum 1
 */
public record Components(double[][] means, double[] variances, double[] weights)
    implements Serializable {

  /** Of equal weights. */
  public Components(double[][] means, double[] variances) {
    this(means, variances, new double[variances.length]);
    Arrays.fill(weights, 1.0 / variances.length);
  }

  /**
   * The mixture of one output.
   *
   * @param noise added to the variances: 0 for the latent function
   */
  GaussianMixture of(int output, double noise) {
    GaussianMixture mixture = new GaussianMixture(variances.length);
    for (int k = 0; k < variances.length; k++) {
      mixture.add(means[output][k], variances[k] + noise, weights[k]);
    }
    return mixture;
  }

  /** −log p(y) of one output, y in preprocessed units. */
  public double negativeLogDensity(int output, double y, double noise) {
    return -of(output, noise).logDensity(y);
  }

  /**
   * For each output the probability that it is the largest, the outputs of each component being
   * independent Gaussians.
   */
  public double[] largest(double noise) {
    int outputs = means.length;
    double[] probabilities = new double[outputs];
    double[] mean = new double[outputs];
    double[] variance = new double[outputs];
    for (int k = 0; k < variances.length; k++) {
      for (int i = 0; i < outputs; i++) {
        mean[i] = means[i][k];
        variance[i] = variances[k] + noise;
      }
      double[] one = LargestOf.probabilities(mean, variance);
      for (int i = 0; i < outputs; i++) {
        probabilities[i] += one[i] * weights[k];
      }
    }
    return probabilities;
  }
}
