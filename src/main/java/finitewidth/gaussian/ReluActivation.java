package finitewidth.gaussian;

import finitewidth.linalg.Matrix;

/**
 * σ(z) = max(z, 0) (THEORY section 3).
 *
 * <p>With K12 = √(K11 K22) cos θ and Δ = K11 K22 − K12²: F = [√Δ + K12 (π − θ)] / 2π. Everything
 * delicate here comes from Δ → 0, two points merging (θ → 0) or becoming opposite (θ → π): F and
 * its first derivatives stay finite, the second derivatives grow like 1/θ.
 */
final class ReluActivation implements Activation {
  private static final long serialVersionUID = 1L;

  /**
   * Below this sin θ the second derivatives are returned as zero.
   *
   * <p>They only ever act on a covariance of the stochastic kernel, and there on the one direction
   * in which the angle changes: δK11 + δK22 − 2 δK12 has a variance of order θ⁴, so its part of the
   * self-energy is of order θ³, while the rounding of the four-point moments is divided by θ. At
   * this angle both are about 1e-12 of the kernel; a test measures the two.
   */
  static final double MERGED_SINE = 1e-4;

  @Override
  public String name() {
    return "relu";
  }

  @Override
  public double value(double z) {
    return Math.max(z, 0);
  }

  @Override
  public void onePoint(double k, OnePoint out) {
    out.mean = 0.5 * k;
    out.first = 0.5;
    out.second = 0;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Δ is formed from the distance, so two points may be as close as their distance can tell.
   * Near opposite points, K12 → −√(K11 K22), no such distance is given, and θ is good to about 1e-8
   * there. If a variance is zero so are F and all derivatives but ∂F/∂K12, which has no limit and
   * is given the value of a right angle, ¼.
   */
  @Override
  public void twoPoint(double k11, double k22, double k12, double distance, TwoPoint out) {
    out.d11 = 0;
    out.d22 = 0;
    out.d12 = 0;
    out.d1c = 0;
    out.d2c = 0;
    out.dcc = 0;
    if (k11 <= 0 || k22 <= 0) {
      out.mean = 0;
      out.distance = 0.5 * (k11 + k22);
      out.d1 = 0;
      out.d2 = 0;
      out.dc = 0.25;
      return;
    }
    double skew = k11 - k22;
    double delta = 0.25 * (distance * (2 * (k11 + k22) - distance) - skew * skew);
    double root = Math.sqrt(Math.max(delta, 0));
    double size1 = Math.sqrt(k11);
    double size2 = Math.sqrt(k22);
    double size = size1 * size2;
    double skewSize = skew / (size1 + size2);
    double angle = Math.atan2(root, k12);
    double supplement = Math.atan2(root, -k12);

    if (k12 < 0) {
      out.mean = size * sineMinusArc(supplement) / (2 * Math.PI);
      out.distance = 0.5 * (k11 + k22) - 2 * out.mean;
    } else {
      out.mean = (root + k12 * supplement) / (2 * Math.PI);
      double chord = Math.sin(0.5 * angle);
      double turn = 2 * chord * chord - sineMinusArc(angle) / Math.PI;
      out.distance = 0.5 * skewSize * skewSize + size * turn;
    }
    out.dc = supplement / (2 * Math.PI);
    out.d1 = root / (4 * Math.PI * k11);
    out.d2 = root / (4 * Math.PI * k22);
    if (root < MERGED_SINE * size) {
      return;
    }
    double unit = 1 / (8 * Math.PI * root);
    out.d12 = unit;
    out.dcc = 4 * unit;
    out.d1c = -2 * unit * k12 / k11;
    out.d2c = -2 * unit * k12 / k22;
    double bend = 2 * k12 * k12 - k11 * k22;
    out.d11 = unit * bend / (k11 * k11);
    out.d22 = unit * bend / (k22 * k22);
  }

  @Override
  public FourPoint fourPoint(Matrix kernel, double tolerance) {
    return new ReluFourPoint(kernel, tolerance);
  }

  /** sin t − t cos t = t³/3 − t⁵/30 + …, by its series where the difference would cancel. */
  private static double sineMinusArc(double t) {
    if (t > 0.5) {
      return Math.sin(t) - t * Math.cos(t);
    }
    double u = t * t;
    double series =
        1.0 / 3
            + u
                * (-1.0 / 30
                    + u * (1.0 / 840 + u * (-1.0 / 45360 + u * (1.0 / 3991680 - u / 518918400.0))));
    return t * u * series;
  }
}
