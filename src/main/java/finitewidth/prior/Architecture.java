package finitewidth.prior;

import finitewidth.gaussian.Activation;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A fully connected network but for its widths: activation, depth, and the prior variances of
 * biases and weights (docs/theory.md#notation).
 *
 * <p>Hidden layers are numbered 0 … H−1, and "layer H" is the output. {@code biasVariance(l)} and
 * {@code weightVariance(l)} belong to the affine map <em>into</em> layer l, l = 0 … H; weight
 * variances are over fan-in. Widths enter nothing here: every first-order quantity is a sum over
 * hidden layers of a coefficient over that layer's width, see {@link Widths}.
 */
public final class Architecture implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Activation activation;
  private final double[] biasVariance;
  private final double[] weightVariance;

  private Architecture(Activation activation, double[] biasVariance, double[] weightVariance) {
    this.activation = activation;
    this.biasVariance = biasVariance;
    this.weightVariance = weightVariance;
  }

  /**
   * An architecture with one variance per layer.
   *
   * @param biasVariance C_b of layers 0 … H, not negative
   * @param weightVariance C_W of layers 0 … H, positive
   * @throws IllegalArgumentException if the lengths differ, or a variance is out of range
   */
  public static Architecture of(
      Activation activation, double[] biasVariance, double[] weightVariance) {
    if (biasVariance.length != weightVariance.length || biasVariance.length == 0) {
      throw new IllegalArgumentException(
          "one bias and one weight variance per layer, not %s and %s"
              .formatted(biasVariance.length, weightVariance.length));
    }
    for (int l = 0; l < biasVariance.length; l++) {
      if (!(biasVariance[l] >= 0 && biasVariance[l] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("bias variance " + biasVariance[l] + " of layer " + l);
      }
      if (!(weightVariance[l] > 0 && weightVariance[l] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weight variance " + weightVariance[l] + " of layer " + l);
      }
    }
    return new Architecture(activation, biasVariance.clone(), weightVariance.clone());
  }

  /** An architecture with H hidden layers and the same variances everywhere. */
  public static Architecture uniform(
      Activation activation, int hiddenLayers, double biasVariance, double weightVariance) {
    double[] bias = new double[hiddenLayers + 1];
    double[] weight = new double[hiddenLayers + 1];
    Arrays.fill(bias, biasVariance);
    Arrays.fill(weight, weightVariance);
    return of(activation, bias, weight);
  }

  public Activation activation() {
    return activation;
  }

  /** H, the number of hidden layers. */
  public int hiddenLayers() {
    return biasVariance.length - 1;
  }

  /** C_b of the affine map into layer l, l = 0 … H. */
  public double biasVariance(int l) {
    return biasVariance[l];
  }

  /** C_W of the affine map into layer l, l = 0 … H. */
  public double weightVariance(int l) {
    return weightVariance[l];
  }

  /** The network cut off after hidden layer {@code layers}: its output is this one's layer. */
  public Architecture truncated(int layers) {
    return new Architecture(
        activation,
        Arrays.copyOf(biasVariance, layers + 1),
        Arrays.copyOf(weightVariance, layers + 1));
  }
}
