package finitewidth.sizing;

import finitewidth.gaussian.Activation;
import finitewidth.inference.exact.RowContraction;

/**
 * What is conditioned on: training rows, or the inducing points that stand for them.
 *
 * @param size P, or u
 * @param features n_0
 * @param outputs m
 * @param layers H, hidden ones
 * @param variance whether corrections of variances are wanted
 */
public record Conditioned(
    long size, int features, int outputs, int layers, boolean variance, Activation activation) {

  /** The largest P × P matrix that a Java array holds. */
  static final long LARGEST = 46_340;

  /** Bytes of a P × P matrix. */
  double matrix() {
    return Double.BYTES * (double) size * size;
  }

  /** Bytes of inputs, targets and φ. */
  private double rows() {
    return Double.BYTES * (double) size * (features + 2.0 * outputs);
  }

  /** How many X there are in G2[X]. */
  int weights() {
    return variance ? 1 + outputs : 1;
  }

  /** Hidden layers whose dressing mixes in diagonal elements: all but the last. */
  int mixing() {
    return layers - 1;
  }

  /**
   * Bytes of the contraction problem: K of H + 1 layers, and F, P, Q and B^s of H, and A⁻¹. It goes
   * to every executor.
   */
  double problem() {
    return (5.0 * layers + 2) * matrix() + rows();
  }

  /** Bytes of problem and Cholesky factor, which stay with the driver. */
  double conditioning() {
    return problem() + matrix();
  }

  /** P(P−1)(P−2)(P−3)/24 + P²(P+1)/2 for each layer. */
  double trainingMoments() {
    double p = size;
    return layers * (p * (p - 1) * (p - 2) * (p - 3) / 24 + p * p * (p + 1) / 2);
  }

  /** Moments of one row more. */
  double rowMoments() {
    return (double) layers * RowContraction.moments(size);
  }
}
