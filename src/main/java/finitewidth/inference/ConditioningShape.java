package finitewidth.inference;

import finitewidth.prior.Architecture;

/**
 * How large what is conditioned on is: all that costs follow from.
 *
 * @param size P: training rows, or the inducing points that stand for them
 * @param features n_0
 * @param outputs m
 * @param variance whether corrections of variances are wanted
 */
public record ConditioningShape(
    Architecture network, long size, int features, int outputs, boolean variance) {

  /** The largest P of which a Java array holds a P × P matrix. */
  public static final long LARGEST = 46_340;

  /** H, the number of hidden layers. */
  public int layers() {
    return network.hiddenLayers();
  }

  /** How many X there are in G2[X], as of {@link ContractionProblem#crossWeights}. */
  public int crossWeights() {
    return variance ? 1 + outputs : 1;
  }

  /** Bytes of a P × P matrix. */
  public double matrix() {
    return Double.BYTES * (double) size * size;
  }

  /**
   * Bytes of what every engine is given: P × P matrices, which are K of H + 1 layers; F, P, Q and
   * B^s of H; A⁻¹ and the factor of A. Beside them inputs, targets and φ.
   */
  public double bytes() {
    return (5.0 * layers() + 3) * matrix()
        + Double.BYTES * (double) size * (features + 2.0 * outputs);
  }
}
