package finitewidth.gaussian.lanes;

import org.hipparchus.special.Erf;

/**
 * P(X &gt; h, Y &gt; k) of standard normals of correlation r, h and k not negative.
 *
 * <p>Its derivative in r is the density at (h, k). The integral over it starts from r = 0, where
 * the two are independent, or ends at r = ±1, where they are one; there, with r = cos θ, the
 * density is exp(−(h − k)²/2 sin²θ − hk/(1 + cos θ))/2π in dθ, and intervals that halve towards θ =
 * 0 follow its flat end. Absolute error some 1e-15. The two ways are Z. Drezner's and G. O.
 * Wesolowsky's (1990) and A. Genz's (2004), but for the choice of nodes.
 */
public final class OrthantProbability {
  private static final double CENTRAL = 0.8;
  private static final double TWO_PI = 2 * Math.PI;
  private static final GaussLegendre WIDE = GaussLegendre.of(32);
  private static final GaussLegendre HALVED = GaussLegendre.of(16);

  private OrthantProbability() {}

  /** P(X &gt; x) of one standard normal. */
  public static double tail(double x) {
    return 0.5 * Erf.erfc(x / Math.sqrt(2));
  }

  /** The standard normal density. */
  public static double density(double x) {
    return Math.exp(-0.5 * x * x) / Math.sqrt(TWO_PI);
  }

  /**
   * @param s √(1 − r²), without cancellation
   */
  public static double of(double h, double k, double r, double s) {
    if (h == 0 && k == 0) {
      return 0.25 + Math.atan2(r, s) / TWO_PI;
    }
    if (Math.abs(r) <= CENTRAL) {
      return tail(h) * tail(k) + fromIndependence(h, k, Math.asin(r));
    }
    return r > 0
        ? tail(Math.max(h, k)) - toIdentity(Math.abs(h - k), h * k, s)
        : toIdentity(h + k, -h * k, s);
  }

  private static double fromIndependence(double h, double k, double end) {
    double sum = 0;
    for (int i = 0; i < WIDE.nodes().length; i++) {
      double sine = Math.sin(end * WIDE.nodes()[i]);
      double form = h * h + k * k - 2 * h * k * sine;
      sum += WIDE.weights()[i] * Math.exp(-0.5 * form / ((1 - sine) * (1 + sine)));
    }
    return end * sum / TWO_PI;
  }

  /** ∫ exp(−b²/2x² − c/(1 + √(1 − x²))) / 2π√(1 − x²) dx from 0 to s. */
  private static double toIdentity(double b, double c, double s) {
    double sum = 0;
    double least = Math.max(b / 9, 1e-17);
    for (double high = s; high > least; high *= 0.5) {
      double low = 0.5 * high;
      double part = 0;
      for (int i = 0; i < HALVED.nodes().length; i++) {
        double x = low + (high - low) * HALVED.nodes()[i];
        double cosine = Math.sqrt((1 - x) * (1 + x));
        double exponent = -0.5 * (b / x) * (b / x) - c / (1 + cosine);
        part += HALVED.weights()[i] * Math.exp(exponent) / cosine;
      }
      sum += part * (high - low);
      if (b == 0) {
        // Smooth down to zero: the rest is one interval.
        low = 0;
        high = 0.5 * high;
        part = 0;
        for (int i = 0; i < HALVED.nodes().length; i++) {
          double x = high * HALVED.nodes()[i];
          double cosine = Math.sqrt((1 - x) * (1 + x));
          part += HALVED.weights()[i] * Math.exp(-c / (1 + cosine)) / cosine;
        }
        sum += part * high;
        break;
      }
    }
    return sum / TWO_PI;
  }
}
