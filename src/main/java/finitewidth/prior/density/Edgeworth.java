package finitewidth.prior.density;

import org.hipparchus.analysis.polynomials.PolynomialFunction;
import org.hipparchus.analysis.solvers.LaguerreSolver;
import org.hipparchus.complex.Complex;

/**
 * A distribution that is Gaussian but for small cumulants, to first order in these: with z = (f −
 * mean)/deviation the density is φ(z)/deviation · [1 + c₂He₂(z) + c₃He₃(z) + c₄He₄(z)], He₂ = z² −
 * 1, He₃ = z³ − 3z, He₄ = z⁴ − 6z² + 3 (Edgeworth), and the quantile of probability p, to the same
 * order, is that of z = y + c₂y + c₃(y² − 1) + c₄(y³ − 3y) with Φ(y) = p (Cornish and Fisher 1938).
 *
 * @param mean of the Gaussian
 * @param deviation its standard deviation, positive
 * @param second c₂, half of what the variance has more, in units of deviation²
 * @param third c₃, a sixth of the third cumulant, in units of deviation³
 * @param fourth c₄, a twenty-fourth of the fourth cumulant, in units of deviation⁴
 */
public record Edgeworth(double mean, double deviation, double second, double third, double fourth) {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /**
   * The prior of one output at one input: to first order the variance is K + S and the fourth
   * cumulant 3V, so c₂ = S/2K, c₃ = 0 and c₄ = V/8K².
   *
   * @param kernel K, positive
   * @param selfEnergy S
   * @param vertex V
   */
  public static Edgeworth prior(double kernel, double selfEnergy, double vertex) {
    return new Edgeworth(
        0, Math.sqrt(kernel), selfEnergy / (2 * kernel), 0, vertex / (8 * kernel * kernel));
  }

  /**
   * A distribution of these cumulants.
   *
   * @param variance positive
   */
  public static Edgeworth ofCumulants(double mean, double variance, double third, double fourth) {
    double deviation = Math.sqrt(variance);
    return new Edgeworth(
        mean,
        deviation,
        0,
        third / (6 * variance * deviation),
        fourth / (24 * variance * variance));
  }

  /** The density of the Gaussian alone. */
  public double gaussian(double f) {
    double z = (f - mean) / deviation;
    return Math.exp(-0.5 * z * z - HALF_LOG_TWO_PI) / deviation;
  }

  /** The density, which is negative where the expansion does not hold. */
  public double density(double f) {
    return gaussian(f) * factor((f - mean) / deviation);
  }

  /** What the Gaussian is multiplied with at z. */
  private double factor(double z) {
    double square = z * z;
    return 1
        + second * (square - 1)
        + third * z * (square - 3)
        + fourth * (square * (square - 6) + 3);
  }

  /**
   * The quantile that lies where a standard normal has y.
   *
   * @param y Φ⁻¹(p)
   */
  public double quantile(double y) {
    double square = y * y;
    return mean + deviation * (y + second * y + third * (square - 1) + fourth * y * (square - 3));
  }

  /** Whether the density is nowhere negative: at its ends and at every turn of the polynomial. */
  public boolean isPositive() {
    if (!Double.isFinite(second + third + fourth)) {
      return false;
    }
    if (fourth < 0 || (fourth == 0 && (third != 0 || second < 0))) {
      return false;
    }
    if (fourth == 0) {
      return factor(0) >= 0;
    }
    // Stationary: 4c₄z³ + 3c₃z² + (2c₂ − 12c₄)z − 3c₃ = 0.
    PolynomialFunction slope =
        new PolynomialFunction(-3 * third, 2 * second - 12 * fourth, 3 * third, 4 * fourth);
    for (Complex root : new LaguerreSolver().solveAllComplex(slope.getCoefficients(), 0)) {
      // The real part of a pair of complex roots is just another place to look at.
      if (factor(root.getReal()) < 0) {
        return false;
      }
    }
    return true;
  }
}
