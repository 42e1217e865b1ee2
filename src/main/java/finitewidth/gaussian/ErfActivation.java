package finitewidth.gaussian;

import finitewidth.linalg.Matrix;
import org.hipparchus.special.Erf;

/**
 * σ(z) = erf(z): F = (2/π) asin(2K12 / √((1 + 2K11)(1 + 2K22))) (THEORY section 3; C. K. I.
 * Williams, <i>Computing with infinite networks</i>, 1996).
 */
final class ErfActivation implements Activation {
  private static final long serialVersionUID = 1L;

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
    double own1 = 1 + 2 * k11;
    double own2 = 1 + 2 * k22;
    double cross = 2 * k12;
    // own1 own2 − cross², which is at least 1 + 2 (K11 + K22) and never cancels badly.
    double gap = 1 + 2 * (k11 + k22) + 4 * (k11 * k22 - k12 * k12);
    double root = Math.sqrt(gap);
    out.mean = 2 / Math.PI * Math.atan2(cross, root);
    double own = Math.atan2(2 * k11, Math.sqrt(1 + 4 * k11));
    double other = Math.atan2(2 * k22, Math.sqrt(1 + 4 * k22));
    out.distance = 2 / Math.PI * (own + other) - 2 * out.mean;

    double first = 4 / (Math.PI * root);
    out.dc = first;
    out.d1 = -0.5 * first * cross / own1;
    out.d2 = -0.5 * first * cross / own2;
    double second = 2 * first / gap;
    out.dcc = second * cross;
    out.d1c = -0.5 * second * own2;
    out.d2c = -0.5 * second * own1;
    out.d12 = 0.25 * second * cross;
    out.d11 = cross * (0.25 * second * own2 / own1 + first / (own1 * own1));
    out.d22 = cross * (0.25 * second * own1 / own2 + first / (own2 * own2));
  }

  @Override
  public FourPoint fourPoint(Matrix kernel, double tolerance) {
    return new ErfFourPoint(kernel, tolerance);
  }
}
