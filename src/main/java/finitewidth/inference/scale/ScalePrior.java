package finitewidth.inference.scale;

import java.util.Arrays;
import org.hipparchus.special.Gamma;

/**
 * The prior density of t = log Q, Q = Π_l Q_l a product of independent Gamma variables of shape x_l
 * = ν_l/2 and mean 1, by a contour integral: as E[Qˢ] = Π_l Γ(x_l + s)/(Γ(x_l) x_lˢ),
 *
 * <p>p(t) = (2πi)⁻¹ ∫ ds e^{−st} Π_l Γ(x_l + s)/(Γ(x_l) x_lˢ), a Meijer G function.
 *
 * <p>The contour goes through the saddle s* of its own t, s = s* + iω with ω = sinh(y)/(2√κ₂), κ₂
 * the second derivative of the exponent there, and the trapezoid rule in y converges faster than
 * any power of its step. All terms are differences from the saddle's, so tails hundreds of nats
 * below the maximum have as many digits as the middle, and so have equal or integer shapes, where
 * series of residues break down.
 */
final class ScalePrior {
  /** Largest step in y; half of the contour, as the other half is its mirror image. */
  private static final double LARGEST_STEP = 0.0325;

  /**
   * Each factor falls as e^{−πω/2}, and to the left of all that is likely e^{−iωt} turns faster
   * than the factors turn back: steps in y must fall with that.
   */
  private static final double TURN = 0.3;

  /** Where what is left of the integrand is below any digit. */
  private static final double NOTHING = -48;

  private static final int MOST_STEPS = 200;

  /** In log(s + least shape). */
  private static final double NEAR = 1e-9;

  /** Different shapes, rising. */
  private final double[] shapes;

  /** How many factors have each. */
  private final int[] counts;

  /**
   * @param nu ν of each factor, positive
   */
  ScalePrior(double[] nu) {
    double[] sorted = Arrays.stream(nu).map(each -> 0.5 * each).sorted().toArray();
    shapes = Arrays.stream(sorted).distinct().toArray();
    counts = new int[shapes.length];
    int at = 0;
    for (double shape : sorted) {
      at = shape > shapes[at] ? at + 1 : at;
      counts[at]++;
    }
  }

  /** The variance of t. */
  double variance() {
    return curvature(0);
  }

  /** E[t]. */
  double mean() {
    return slope(0);
  }

  /** Σ_l ψ(x_l + s) − log x_l, which rises with s: the t whose saddle is s. */
  private double slope(double s) {
    double sum = 0;
    for (int k = 0; k < shapes.length; k++) {
      sum += counts[k] * (Gamma.digamma(shapes[k] + s) - Math.log(shapes[k]));
    }
    return sum;
  }

  private double curvature(double s) {
    double sum = 0;
    for (int k = 0; k < shapes.length; k++) {
      sum += counts[k] * Gamma.trigamma(shapes[k] + s);
    }
    return sum;
  }

  /**
   * The saddle of t, by Newton's method in log(s + least shape). A saddle that is a little off
   * costs no digits.
   */
  private double saddle(double t) {
    double least = shapes[0];
    double r = Math.log(least);
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS; step++) {
      double above = Math.exp(r);
      double off = slope(above - least) - t;
      if (off > 0) {
        high = r;
      } else {
        low = r;
      }
      double next = r - off / (curvature(above - least) * above);
      next = Math.max(r - 2, Math.min(r + 2, next));
      if (Math.abs(next - r) < NEAR) {
        return Math.exp(next) - least;
      }
      if (next <= low || next >= high) {
        next = 0.5 * (low + high);
      }
      r = next;
    }
    return Math.exp(r) - least;
  }

  /** The exponent at a real s. */
  private double exponent(double s, double t) {
    double sum = -s * t;
    for (int k = 0; k < shapes.length; k++) {
      sum += counts[k] * GammaRatio.logMoment(shapes[k], s);
    }
    return sum;
  }

  /** log p(t) to within some per cent of a nat, by the saddle alone. */
  double roughly(double t) {
    double s = saddle(t);
    return exponent(s, t) - 0.5 * Math.log(2 * Math.PI * curvature(s));
  }

  /** log p(t). */
  double logDensity(double t) {
    double s = saddle(t);
    double unit = 0.5 / Math.sqrt(curvature(s));
    double step = step(s, t);
    double[] term = new double[2];
    // Of node 0, where the integrand is 1.
    double sum = 0.5;
    for (int k = 1; ; k++) {
      double y = k * step;
      double omega = unit * Math.sinh(y);
      double modulus = 0;
      double phase = -omega * t;
      for (int l = 0; l < shapes.length; l++) {
        GammaRatio.along(shapes[l], s, omega, term);
        modulus += counts[l] * term[0];
        phase += counts[l] * term[1];
      }
      // Written so that what is not a number ends it, too.
      if (!(modulus + y >= NOTHING)) {
        break;
      }
      sum += Math.cosh(y) * Math.exp(modulus) * Math.cos(phase);
    }
    return exponent(s, t) + Math.log(sum * step * unit / Math.PI);
  }

  private double step(double s, double t) {
    double turn = t;
    double factors = 0;
    for (int k = 0; k < shapes.length; k++) {
      turn -= counts[k] * (Math.log(Math.max(1, shapes[k] + s)) - Math.log(shapes[k]));
      factors += counts[k];
    }
    return Math.min(LARGEST_STEP, TURN * factors / Math.abs(turn));
  }
}
