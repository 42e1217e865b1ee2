package finitewidth.evidence;

import finitewidth.gaussian.Activation;
import java.util.OptionalInt;

/**
 * Whether an activation is positively homogeneous, σ(cz) = cᵏσ(z) for c &gt; 0: linear, quadratic,
 * ReLU and its leaky relatives.
 *
 * <p>Then multiplying both variances of a hidden layer by c and dividing the next weight variance
 * by cᵏ changes no function that the network makes, at any width: of a layer's two variances only
 * the ratio is to be had from data.
 */
public final class Homogeneity {
  private static final double[] PROBES = {-3, -1.7, -1, -0.3, 0.3, 1, 1.7, 3};

  /** Beyond the rounding of any reasonable implementation. */
  private static final double ROUNDING = 1e-12;

  private static final int HIGHEST_DEGREE = 8;

  private Homogeneity() {}

  static boolean of(Activation activation) {
    return degree(activation).isPresent();
  }

  /** k, where an activation is positively homogeneous. */
  public static OptionalInt degree(Activation activation) {
    for (int degree = 0; degree <= HIGHEST_DEGREE; degree++) {
      if (hasDegree(activation, degree)) {
        return OptionalInt.of(degree);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean hasDegree(Activation activation, int degree) {
    double factor = Math.scalb(1.0, degree);
    for (double z : PROBES) {
      double expected = factor * activation.value(z);
      if (Math.abs(activation.value(2 * z) - expected) > ROUNDING * Math.abs(expected)) {
        return false;
      }
    }
    return true;
  }
}
