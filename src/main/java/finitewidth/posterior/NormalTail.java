package finitewidth.posterior;

/**
 * The upper tail of the standard normal distribution, Q(z) = P(Z &gt; z), and its inverse.
 *
 * <p>For z ≥ 0, (1 + z) Q(z) exp(z²/2) is a polynomial of degree 23 in (z − 5)/(z + 5), the
 * truncated Chebyshev series there, to 3e-16 relative. So the exponential that a density needs
 * anyway is all that a tail costs beyond some thirty multiplications; mixtures of a hundred
 * components at millions of rows need it so.
 */
final class NormalTail {
  private static final double CENTRE = 5;

  private static final double[] EVEN = {
    0.46151582985003775,
    0.031030368425963708,
    -0.026401042966308307,
    -0.015170415402514863,
    -0.00167607234455447,
    0.00018233414511643843,
    -9.896097759279782e-06,
    -7.034644683537101e-08,
    1.27878221820937e-07,
    -2.6286205089898754e-08,
    3.627373163401201e-09,
    -2.8220772290629865e-10
  };

  private static final double[] ODD = {
    -0.09155228183400904,
    0.010002352385229382,
    0.024536963243678652,
    0.006522000667783896,
    7.791597409338999e-06,
    -5.36075811148722e-05,
    9.05982468125664e-06,
    -1.3074486019237587e-06,
    1.9627809920091187e-07,
    -3.095201755804207e-08,
    4.4011596227599254e-09,
    -3.815816262632953e-10
  };

  /** Newton's steps towards an inverse; six are the most that were ever needed. */
  private static final int MOST_STEPS = 60;

  private NormalTail() {}

  /**
   * Q(z) exp(z²/2).
   *
   * @param z not negative
   */
  static double scaled(double z) {
    double t = (z - CENTRE) / (z + CENTRE);
    double s = t * t;
    double even = EVEN[EVEN.length - 1];
    double odd = ODD[ODD.length - 1];
    for (int i = EVEN.length - 2; i >= 0; i--) {
      even = even * s + EVEN[i];
      odd = odd * s + ODD[i];
    }
    return (even + t * odd) / (1 + z);
  }

  /** Q(z), with a relative error of some 3e-16 + 1e-16 z²/2 where z is positive. */
  static double above(double z) {
    double tail = Math.exp(-0.5 * z * z);
    if (tail == 0) {
      return z > 0 ? 0 : 1;
    }
    tail *= scaled(Math.abs(z));
    return z >= 0 ? tail : 1 - tail;
  }

  /**
   * The z of Q(z) = p. Newton's method on log Q, which is concave: from a z that is too large every
   * step is one towards the root and none goes beyond it.
   *
   * @param p in (0, ½]
   */
  static double inverse(double p) {
    double logarithm = Math.log(p);
    // Q(z) ≤ exp(−z²/2)/2, so this is not too small.
    double z = Math.sqrt(Math.max(0, -2 * (logarithm + Math.log(2))));
    for (int step = 0; step < MOST_STEPS; step++) {
      double scaled = scaled(z);
      double excess = Math.log(scaled) - 0.5 * z * z - logarithm;
      // −d log Q/dz, the hazard.
      double hazard = 1 / (Math.sqrt(2 * Math.PI) * scaled);
      double next = Math.max(0, z + excess / hazard);
      if (Math.abs(next - z) <= 4 * Math.ulp(z)) {
        return next;
      }
      z = next;
    }
    return z;
  }
}
