package finitewidth.sampled;

import org.hipparchus.special.Erf;

/** The quantile of the standard normal distribution. */
final class InverseNormal {
  private InverseNormal() {}

  static double of(double p) {
    return Math.sqrt(2) * Erf.erfInv(2 * p - 1);
  }
}
