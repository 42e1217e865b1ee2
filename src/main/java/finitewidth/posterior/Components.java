package finitewidth.posterior;

import java.io.Serializable;

/**
 * The Gaussians of which a prediction is the equally weighted mixture, one for each network.
 *
 * @param means [output][network]
 * @param variances [network], shared by the outputs, without noise
 */
public record Components(double[][] means, double[] variances) implements Serializable {

  /**
   * The mixture of one output.
   *
   * @param noise added to the variances: 0 for the latent function
   */
  GaussianMixture of(int output, double noise) {
    GaussianMixture mixture = new GaussianMixture(variances.length);
    for (int k = 0; k < variances.length; k++) {
      mixture.add(means[output][k], variances[k] + noise);
    }
    return mixture;
  }

  /** −log p(y) of one output, y in preprocessed units. */
  public double negativeLogDensity(int output, double y, double noise) {
    return -of(output, noise).logDensity(y);
  }

  /**
   * For each output the probability that it is the largest, the outputs of each network being
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
        probabilities[i] += one[i] / variances.length;
      }
    }
    return probabilities;
  }
}
