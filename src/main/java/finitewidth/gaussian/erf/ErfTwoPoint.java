package finitewidth.gaussian.erf;

import finitewidth.gaussian.TwoPointRow;
import finitewidth.gaussian.lanes.FastAtan;
import finitewidth.gaussian.relu.ReluTwoPoint;

/**
 * The two-point function of erf, F = (2/π) asin(2K12 / √((1 + 2K11)(1 + 2K22)))
 * (docs/theory.md#erf), in small loops over arrays as in {@link ReluTwoPoint}.
 */
final class ErfTwoPoint {
  private static final double TWO_OVER_PI = 2 / Math.PI;
  private static final double FOUR_OVER_PI = 4 / Math.PI;

  private ErfTwoPoint() {}

  static void apply(TwoPointRow row, int count) {
    double own1 = Math.fma(row.k11, 2, 1);
    gaps(row.k11, row.k22, row.k12, row.dc, count);
    roots(row.dc, count);
    arcs(row.k12, row.dc, row.mean, count);
    double self1 = FastAtan.ratio(row.k11 + row.k11, Math.sqrt(Math.fma(row.k11, 4, 1)));
    distances(self1, row.k22, row.mean, row.distance, count);
    scale(TWO_OVER_PI, row.mean, count);
    firsts(row.dc, count);
    slopes(1 / own1, row.k22, row.k12, row.dc, row.d1, row.d2, count);
    if (row.curvature()) {
      gaps(row.k11, row.k22, row.k12, row.dcc, count);
      seconds(row.dc, row.dcc, count);
      bends(own1, row.k22, row.k12, row.dc, row.dcc, row.d11, row.d22, count);
      crosses(own1, row.k22, row.dcc, row.d1c, row.d2c, count);
      curves(row.k12, row.dcc, row.d12, count);
    }
  }

  /**
   * (1 + 2K11)(1 + 2K22) − (2K12)², at least 1 + 2 (K11 + K22): it never cancels badly.
   *
   * <p>No fused product in the minor, which is thus zero, and the angle that of a point with
   * itself, exactly where two points coincide.
   */
  private static void gaps(double k11, double[] k22, double[] k12, double[] gap, int count) {
    for (int i = 0; i < count; i++) {
      double minor = k11 * k22[i] - k12[i] * k12[i];
      gap[i] = 4 * minor + Math.fma(k11 + k22[i], 2, 1);
    }
  }

  private static void roots(double[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = Math.sqrt(x[i]);
    }
  }

  /** The asin of F, from its tangent 2K12 / √gap. */
  private static void arcs(double[] k12, double[] root, double[] arc, int count) {
    for (int i = 0; i < count; i++) {
      arc[i] = FastAtan.ratio(k12[i] + k12[i], root[i]);
    }
  }

  /** ⟨σ1²⟩ + ⟨σ2²⟩ − 2F. */
  private static void distances(
      double self1, double[] k22, double[] arc, double[] distance, int count) {
    for (int i = 0; i < count; i++) {
      double self2 = FastAtan.ratio(k22[i] + k22[i], Math.sqrt(Math.fma(k22[i], 4, 1)));
      distance[i] = TWO_OVER_PI * (self1 + self2 - (arc[i] + arc[i]));
    }
  }

  private static void scale(double factor, double[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] *= factor;
    }
  }

  /** From √gap to ∂F/∂K12 = 4 / π√gap. */
  private static void firsts(double[] root, int count) {
    for (int i = 0; i < count; i++) {
      root[i] = FOUR_OVER_PI / root[i];
    }
  }

  /** ∂F/∂K11 = −(K12 / (1 + 2K11)) ∂F/∂K12, and that for K22. */
  private static void slopes(
      double inverse1,
      double[] k22,
      double[] k12,
      double[] dc,
      double[] d1,
      double[] d2,
      int count) {
    for (int i = 0; i < count; i++) {
      double slope = -(dc[i] * k12[i]);
      d1[i] = slope * inverse1;
      d2[i] = slope * (1 / Math.fma(k22[i], 2, 1));
    }
  }

  /** From gap to 2 (∂F/∂K12) / gap, which all second derivatives contain. */
  private static void seconds(double[] dc, double[] gap, int count) {
    for (int i = 0; i < count; i++) {
      gap[i] = (dc[i] + dc[i]) / gap[i];
    }
  }

  private static void bends(
      double own1,
      double[] k22,
      double[] k12,
      double[] dc,
      double[] second,
      double[] d11,
      double[] d22,
      int count) {
    double inverse1 = 1 / own1;
    double square1 = inverse1 * inverse1;
    for (int i = 0; i < count; i++) {
      double own2 = Math.fma(k22[i], 2, 1);
      double inverse2 = 1 / own2;
      double cross = k12[i] + k12[i];
      double quarter = 0.25 * second[i];
      d11[i] = cross * Math.fma(quarter * own2, inverse1, dc[i] * square1);
      d22[i] = cross * Math.fma(quarter * own1, inverse2, dc[i] * (inverse2 * inverse2));
    }
  }

  private static void crosses(
      double own1, double[] k22, double[] second, double[] d1c, double[] d2c, int count) {
    for (int i = 0; i < count; i++) {
      double minusHalf = -0.5 * second[i];
      d1c[i] = minusHalf * Math.fma(k22[i], 2, 1);
      d2c[i] = minusHalf * own1;
    }
  }

  /** ∂²F/∂K11∂K22, and from the common factor to ∂²F/∂K12². */
  private static void curves(double[] k12, double[] second, double[] d12, int count) {
    for (int i = 0; i < count; i++) {
      second[i] *= k12[i] + k12[i];
    }
    for (int i = 0; i < count; i++) {
      d12[i] = 0.25 * second[i];
    }
  }
}
