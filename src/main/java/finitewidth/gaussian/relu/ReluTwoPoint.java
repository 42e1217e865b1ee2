package finitewidth.gaussian.relu;

import finitewidth.gaussian.TwoPointRow;
import finitewidth.gaussian.lanes.FastAtan;

/**
 * The two-point function of the ReLU (docs/theory.md#relu).
 *
 * <p>With K12 = √(K11 K22) cos θ, Δ = K11 K22 − K12², t = θ folded to [0, π/2] and g = √(K11 K22)
 * (sin t − t cos t),
 *
 * <pre>
 * F = max(K12, 0) / 2 + g / 2π,   ⟨(σ1 − σ2)²⟩ = ⟨(z1 − z2)²⟩ / 2 + min(K12, 0) − g / π,
 * ∂F/∂K12 = ¼ ± (¼ − t / 2π),     ∂F/∂K11 = √Δ / 4πK11.
 * </pre>
 *
 * <p>Everything delicate here comes from Δ → 0, two points merging (θ → 0) or becoming opposite (θ
 * → π): F and its first derivatives stay finite, the second derivatives grow like 1/θ. Δ is formed
 * from the distance, and g, of order t³, never as a difference, so two points may be as close as
 * their distance can tell. Near opposite points no such distance is given, and θ is good to about
 * 1e-8 there. If a variance is zero so are F and all derivatives but ∂F/∂K12, which has no limit
 * and is given the value of a right angle, ¼.
 *
 * <p>Small loops over arrays, without a branch, are what the compiler turns into vector
 * instructions of whatever length the machine has. Every step is rounded as IEEE 754 says, so that
 * a pair has the same bits however it was compiled and wherever it stands. The pairs that are a
 * case of their own go through the formulas of the others, whatever these make of them, and are
 * looked for and settled afterwards.
 */
public final class ReluTwoPoint {
  /**
   * Below this sin θ the second derivatives are returned as zero.
   *
   * <p>They only ever act on a covariance of the stochastic kernel, and there on the one direction
   * in which the angle changes: δK11 + δK22 − 2 δK12 has a variance of order θ⁴, so its part of the
   * self-energy is of order θ³, while the rounding of the four-point moments is divided by θ. At
   * this angle both are about 1e-12 of the kernel; a test measures the two.
   */
  static final double MERGED_SINE = 1e-4;

  private static final double FOUR_PI = 4 * Math.PI;
  private static final double INVERSE_PI = 1 / Math.PI;
  private static final double INVERSE_TWO_PI = 0.5 / Math.PI;

  /**
   * (sin t − t cos t) / t³ as a function of t², interpolated at the Chebyshev points of [0, (π/2)²]
   * with 60 digits (mpmath), relative error 2.4e-17.
   */
  private static final double S0 = 0.3333333333333333272896;

  private static final double S1 = -0.03333333333333301979156;
  private static final double S2 = 0.001190476190473521231974;
  private static final double S3 = -0.00002204585537052988889576;
  private static final double S4 = 2.505210700562091025235e-7;
  private static final double S5 = -1.92707331361765865244e-9;
  private static final double S6 = 1.070029285604017079017e-11;
  private static final double S7 = -4.3545315083195318489e-14;

  private ReluTwoPoint() {}

  static void apply(TwoPointRow row, int count) {
    values(row, count);
    slopes(row.k22, row.d1, row.d2, count);
    scale(1 / (FOUR_PI * row.k11), row.d1, count);
    shares(row.k12, row.dc, count);
    for (int i = flat(row, 0, count); i < count; i = flat(row, i + 1, count)) {
      settle(row, i);
      row.d1[i] = 0;
      row.d2[i] = 0;
      row.dc[i] = 0.25;
    }
    if (row.curvature()) {
      second(row, Math.sqrt(row.k11), count);
    }
  }

  /** F and distance alone; the first derivatives' arrays are scratch. */
  static void means(TwoPointRow row, int count) {
    values(row, count);
    for (int i = flat(row, 0, count); i < count; i = flat(row, i + 1, count)) {
      settle(row, i);
    }
  }

  /** F and distance, with √Δ left in d1 and t in dc. */
  private static void values(TwoPointRow row, int count) {
    double size1 = Math.sqrt(row.k11);
    sizes(size1, row.k22, row.mean, count);
    roots(row.k11, row.k22, row.separation, row.d1, count);
    turns(row.mean, row.k12, row.d1, row.dc, count);
    gaps(row.dc, row.mean, count);
    distances(row.k12, row.separation, row.mean, row.distance, count);
    means(row.k12, row.mean, count);
  }

  /** A point without variance. */
  private static void settle(TwoPointRow row, int i) {
    row.mean[i] = 0;
    row.distance[i] = 0.5 * (row.k11 + row.k22[i]);
  }

  private static void second(TwoPointRow row, double size1, int count) {
    roots(row.k11, row.k22, row.separation, row.d12, count);
    excesses(size1, row.k22, row.d12, row.dcc, count);
    units(row.d12, count);
    bends(row.k11, row.k22, row.k12, row.d12, row.d11, row.d22, count);
    crosses(row.k11, row.k22, row.k12, row.d12, row.d1c, row.d2c, count);
    for (int i = merged(row.dcc, 0, count); i < count; i = merged(row.dcc, i + 1, count)) {
      straighten(row, i);
    }
    for (int i = flat(row, 0, count); i < count; i = flat(row, i + 1, count)) {
      straighten(row, i);
    }
    curves(row.d12, row.dcc, count);
  }

  private static void straighten(TwoPointRow row, int i) {
    row.d11[i] = 0;
    row.d22[i] = 0;
    row.d12[i] = 0;
    row.d1c[i] = 0;
    row.d2c[i] = 0;
  }

  /** The first pair from {@code from} on with a point that has no variance. */
  private static int flat(TwoPointRow row, int from, int count) {
    double[] k22 = row.k22;
    int i = from;
    while (!(row.k11 <= 0) && i < count && !(k22[i] <= 0)) {
      i++;
    }
    return i;
  }

  /** The first pair from {@code from} on whose √Δ is too small. */
  private static int merged(double[] excess, int from, int count) {
    int i = from;
    while (i < count && !(excess[i] < 0)) {
      i++;
    }
    return i;
  }

  /** √Δ, Δ = [separation (2 (K11 + K22) − separation) − (K11 − K22)²] / 4. */
  private static void roots(
      double k11, double[] k22, double[] separation, double[] root, int count) {
    for (int i = 0; i < count; i++) {
      double skew = k22[i] - k11;
      double sum = k22[i] + k11;
      double delta = Math.fma(separation[i], sum + sum - separation[i], -(skew * skew));
      root[i] = Math.sqrt(Math.max(0.25 * delta, 0));
    }
  }

  /** √(K11 K22). */
  private static void sizes(double size1, double[] k22, double[] size, int count) {
    for (int i = 0; i < count; i++) {
      size[i] = size1 * Math.sqrt(k22[i]);
    }
  }

  /** t = 2 atan(√Δ / (|K12| + √(K11 K22))). */
  private static void turns(double[] size, double[] k12, double[] root, double[] turn, int count) {
    for (int i = 0; i < count; i++) {
      turn[i] = FastAtan.twice(root[i] / (Math.abs(k12[i]) + size[i]));
    }
  }

  /** From √(K11 K22) to g. */
  private static void gaps(double[] turn, double[] gap, int count) {
    for (int i = 0; i < count; i++) {
      double t = turn[i];
      double u = t * t;
      double uu = u * u;
      double low = Math.fma(uu, Math.fma(u, S3, S2), Math.fma(u, S1, S0));
      double high = Math.fma(uu, Math.fma(u, S7, S6), Math.fma(u, S5, S4));
      gap[i] *= t * u * Math.fma(uu * uu, high, low);
    }
  }

  private static void distances(
      double[] k12, double[] separation, double[] gap, double[] distance, int count) {
    for (int i = 0; i < count; i++) {
      double chord = Math.fma(separation[i], 0.5, Math.min(k12[i], 0));
      distance[i] = Math.fma(gap[i], -INVERSE_PI, chord);
    }
  }

  /** From g to F. */
  private static void means(double[] k12, double[] gap, int count) {
    for (int i = 0; i < count; i++) {
      gap[i] = Math.fma(gap[i], INVERSE_TWO_PI, 0.5 * Math.max(k12[i], 0));
    }
  }

  private static void slopes(double[] k22, double[] root, double[] d2, int count) {
    for (int i = 0; i < count; i++) {
      d2[i] = root[i] * (1 / (FOUR_PI * k22[i]));
    }
  }

  private static void scale(double factor, double[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] *= factor;
    }
  }

  /** From t to ∂F/∂K12. */
  private static void shares(double[] k12, double[] turn, int count) {
    for (int i = 0; i < count; i++) {
      turn[i] = 0.25 + Math.copySign(0.25 - turn[i] * INVERSE_TWO_PI, k12[i]);
    }
  }

  /** What √Δ exceeds its least by. */
  private static void excesses(
      double size1, double[] k22, double[] root, double[] excess, int count) {
    for (int i = 0; i < count; i++) {
      excess[i] = root[i] - MERGED_SINE * (size1 * Math.sqrt(k22[i]));
    }
  }

  /** From √Δ to ∂²F/∂K11∂K22 = 1 / 8π√Δ. */
  private static void units(double[] root, int count) {
    for (int i = 0; i < count; i++) {
      root[i] = 1 / (2 * FOUR_PI * root[i]);
    }
  }

  /** ∂²F/∂K11² = (2 K12² − K11 K22) / 8π√ΔK11², and that for K22. */
  private static void bends(
      double k11,
      double[] k22,
      double[] k12,
      double[] unit,
      double[] d11,
      double[] d22,
      int count) {
    double inverse1 = 1 / k11;
    for (int i = 0; i < count; i++) {
      double inverse2 = 1 / k22[i];
      double bend = unit[i] * Math.fma(k12[i] + k12[i], k12[i], -(k11 * k22[i]));
      d11[i] = bend * (inverse1 * inverse1);
      d22[i] = bend * (inverse2 * inverse2);
    }
  }

  /** ∂²F/∂K11∂K12 = −K12 / 4π√ΔK11, and that for K22. */
  private static void crosses(
      double k11,
      double[] k22,
      double[] k12,
      double[] unit,
      double[] d1c,
      double[] d2c,
      int count) {
    double inverse1 = 1 / k11;
    for (int i = 0; i < count; i++) {
      double cross = -2 * (unit[i] * k12[i]);
      d1c[i] = cross * inverse1;
      d2c[i] = cross * (1 / k22[i]);
    }
  }

  /** ∂²F/∂K12² = 1 / 2π√Δ. */
  private static void curves(double[] unit, double[] dcc, int count) {
    for (int i = 0; i < count; i++) {
      dcc[i] = 4 * unit[i];
    }
  }
}
