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

  static final double FOUR_PI = 4 * Math.PI;
  static final double INVERSE_PI = 1 / Math.PI;
  static final double INVERSE_TWO_PI = 0.5 / Math.PI;

  /**
   * Below this sin θ the second derivatives are returned as zero.
   *
   * <p>They only ever act on a covariance of the stochastic kernel, and there on the one direction
   * in which the angle changes: δK11 + δK22 − 2 δK12 has a variance of order θ⁴, so its part of the
   * self-energy is of order θ³, while the rounding of the four-point moments is divided by θ. At
   * this angle both are about 1e-12 of the kernel; a test measures the two.
   */
  static final double MERGED_SINE = 1e-4;

  /**
   * (sin t − t cos t) / t³ as a function of t², interpolated at the Chebyshev points of [0, (π/2)²]
   * with 60 digits (mpmath), relative error 2.4e-17.
   */
  static final double S0 = 0.3333333333333333272896;

  static final double S1 = -0.03333333333333301979156;
  static final double S2 = 0.001190476190473521231974;
  static final double S3 = -0.00002204585537052988889576;
  static final double S4 = 2.505210700562091025235e-7;
  static final double S5 = -1.92707331361765865244e-9;
  static final double S6 = 1.070029285604017079017e-11;
  static final double S7 = -4.3545315083195318489e-14;

  private static final RowMap ROWS =
      Lanes.available() ? new ReluRowMap() : RowMap.pairwise(new ReluActivation());

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
   * <p>With t = θ folded to [0, π/2] and g = √(K11 K22) (sin t − t cos t), which is of order t³ and
   * never formed as a difference,
   *
   * <pre>
   * F = max(K12, 0) / 2 + g / 2π,   ⟨(σ1 − σ2)²⟩ = distance / 2 + min(K12, 0) − g / π,
   * ∂F/∂K12 = ¼ ± (¼ − t / 2π).
   * </pre>
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
    double size = Math.sqrt(k11) * Math.sqrt(k22);
    double root = root(k11, k22, distance);
    double turn = FastAtan.twice(root / (Math.abs(k12) + size));
    double gap = size * sineMinusArc(turn);
    out.mean = Math.fma(gap, INVERSE_TWO_PI, 0.5 * Math.max(k12, 0));
    out.distance = Math.fma(gap, -INVERSE_PI, Math.fma(distance, 0.5, Math.min(k12, 0)));
    out.dc = 0.25 + Math.copySign(0.25 - turn * INVERSE_TWO_PI, k12);
    out.d1 = root * (1 / (FOUR_PI * k11));
    out.d2 = root * (1 / (FOUR_PI * k22));
    if (root < MERGED_SINE * size) {
      return;
    }
    double unit = 1 / (2 * FOUR_PI * root);
    double inverse1 = 1 / k11;
    double inverse2 = 1 / k22;
    double cross = -2 * (unit * k12);
    double bend = unit * Math.fma(k12 + k12, k12, -(k11 * k22));
    out.d12 = unit;
    out.dcc = 4 * unit;
    out.d1c = cross * inverse1;
    out.d2c = cross * inverse2;
    out.d11 = bend * (inverse1 * inverse1);
    out.d22 = bend * (inverse2 * inverse2);
  }

  @Override
  public void twoPoint(TwoPointRow row, int count) {
    ROWS.apply(row, count);
  }

  @Override
  public FourPoint fourPoint(Matrix kernel, double tolerance) {
    return new ReluFourPoint(kernel, tolerance);
  }

  /** √Δ, Δ = [distance (2 (K11 + K22) − distance) − (K11 − K22)²] / 4. */
  private static double root(double k11, double k22, double distance) {
    double skew = k22 - k11;
    double sum = k11 + k22;
    double delta = Math.fma(distance, sum + sum - distance, -(skew * skew));
    return Math.sqrt(Math.max(0.25 * delta, 0));
  }

  /** sin t − t cos t = t³/3 − t⁵/30 + …, t in [0, π/2], to its last digits for any t. */
  private static double sineMinusArc(double t) {
    double u = t * t;
    double uu = u * u;
    double low = Math.fma(uu, Math.fma(u, S3, S2), Math.fma(u, S1, S0));
    double high = Math.fma(uu, Math.fma(u, S7, S6), Math.fma(u, S5, S4));
    return t * u * Math.fma(uu * uu, high, low);
  }
}
