package finitewidth.gaussian;

import finitewidth.linalg.Matrix;
import org.hipparchus.special.Erf;

/**
 * σ(z) = erf(z): F = (2/π) asin(2K12 / √((1 + 2K11)(1 + 2K22))) (THEORY section 3; C. K. I.
 * Williams, <i>Computing with infinite networks</i>, 1996).
 */
final class ErfActivation implements Activation {
  private static final long serialVersionUID = 1L;

  static final double TWO_OVER_PI = 2 / Math.PI;
  static final double FOUR_OVER_PI = 4 / Math.PI;

  private static final RowMap ROWS =
      Lanes.available() ? new ErfRowMap() : RowMap.pairwise(new ErfActivation());

  @Override
  public String name() {
    return "erf";
  }

  @Override
  public double value(double z) {
    return Erf.erf(z);
  }

  @Override
  public void onePoint(double k, OnePoint out) {
    double own = 1 + 2 * k;
    double gap = 1 + 4 * k;
    double root = Math.sqrt(gap);
    out.mean = 2 / Math.PI * Math.atan2(2 * k, root);
    out.first = 4 / (Math.PI * own * root);
    out.second = -2 * out.first * (1 / own + 1 / gap);
  }

  @Override
  public void twoPoint(double k11, double k22, double k12, double distance, TwoPoint out) {
    double own1 = own(k11);
    double own2 = own(k22);
    double inverse1 = 1 / own1;
    double inverse2 = 1 / own2;
    double cross = k12 + k12;
    double gap = gap(k11, k22, k12);
    double root = Math.sqrt(gap);
    double arc = FastAtan.ratio(cross, root);
    out.mean = TWO_OVER_PI * arc;
    out.distance = TWO_OVER_PI * (selfArc(k11) + selfArc(k22) - (arc + arc));

    double first = FOUR_OVER_PI / root;
    double slope = -0.5 * (first * cross);
    out.dc = first;
    out.d1 = slope * inverse1;
    out.d2 = slope * inverse2;
    double second = (first + first) / gap;
    double minusHalf = -0.5 * second;
    double quarter = 0.25 * second;
    out.dcc = second * cross;
    out.d1c = minusHalf * own2;
    out.d2c = minusHalf * own1;
    out.d12 = quarter * cross;
    out.d11 = cross * Math.fma(quarter * own2, inverse1, first * (inverse1 * inverse1));
    out.d22 = cross * Math.fma(quarter * own1, inverse2, first * (inverse2 * inverse2));
  }

  @Override
  public void twoPoint(TwoPointRow row, int count) {
    ROWS.apply(row, count);
  }

  /** 1 + 2K. */
  static double own(double k) {
    return Math.fma(k, 2, 1);
  }

  /** asin(2K / (1 + 2K)), the angle of a point with itself. */
  static double selfArc(double k) {
    return FastAtan.ratio(k + k, Math.sqrt(Math.fma(k, 4, 1)));
  }

  /**
   * (1 + 2K11)(1 + 2K22) − (2K12)², at least 1 + 2 (K11 + K22): it never cancels badly.
   *
   * <p>No fused product in the minor, which is thus zero, and the angle that of a point with
   * itself, exactly where two points coincide.
   */
  private static double gap(double k11, double k22, double k12) {
    return 4 * (k11 * k22 - k12 * k12) + Math.fma(k11 + k22, 2, 1);
  }

  @Override
  public FourPoint fourPoint(Matrix kernel, double tolerance) {
    return new ErfFourPoint(kernel, tolerance);
  }
}
