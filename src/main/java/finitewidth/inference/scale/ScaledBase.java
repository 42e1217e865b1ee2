package finitewidth.inference.scale;

import finitewidth.linalg.Matrix;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * A kernel whose output's scale is integrated: that of the prior, or of the prior with scales for
 * all layers but the last.
 *
 * @param inner Q_l of layers 1 … H−1, factors on the weight variances of layers 1 … H−1; empty
 *     where all are 1
 * @param network with these factors
 * @param at the basis of its kernel
 */
public record ScaledBase(double[] inner, Architecture network, Whitened at)
    implements Serializable {

  /** The prior's own. */
  public static ScaledBase of(Architecture prior, NngpPosterior nngp, Matrix kernel) {
    return of(new double[0], prior, nngp, kernel);
  }

  /**
   * That with scales for layers before the last.
   *
   * @param prior without the scales
   * @param nngp of the network with the scales
   * @param kernel K_RR of the network with the scales
   */
  public static ScaledBase of(
      double[] inner, Architecture prior, NngpPosterior nngp, Matrix kernel) {
    double bias = prior.biasVariance(prior.hiddenLayers());
    return new ScaledBase(inner, scaled(prior, inner), Whitened.of(nngp, kernel, bias));
  }

  /**
   * The network whose kernel this is.
   *
   * @param inner Q_l of the first layers; others are 1
   */
  public static Architecture scaled(Architecture prior, double... inner) {
    int output = prior.hiddenLayers();
    double[] biases = IntStream.rangeClosed(0, output).mapToDouble(prior::biasVariance).toArray();
    double[] weights =
        IntStream.rangeClosed(0, output).mapToDouble(prior::weightVariance).toArray();
    for (int l = 0; l < inner.length; l++) {
      weights[l + 1] *= inner[l];
    }
    return Architecture.of(prior.activation(), biases, weights);
  }
}
