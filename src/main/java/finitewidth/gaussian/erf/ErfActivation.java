package finitewidth.gaussian.erf;

import finitewidth.gaussian.Derivative;
import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.linalg.Matrix;
import java.util.Optional;
import org.apache.commons.numbers.gamma.Erf;

/**
 * σ(z) = erf(z): F = (2/π) asin(2K12 / √((1 + 2K11)(1 + 2K22))) (docs/theory.md#erf; C. K. I.
 * Williams, <i>Computing with infinite networks</i>, 1996).
 */
public final class ErfActivation implements FourPointActivation {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "erf";
  }

  @Override
  public double value(double z) {
    return Erf.value(z);
  }

  @Override
  public Optional<Derivative> derivative() {
    return Optional.of((z, value) -> 2 / Math.sqrt(Math.PI) * Math.exp(-z * z));
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
  public void twoPoint(TwoPointRow row, int count) {
    ErfTwoPoint.apply(row, count);
  }

  @Override
  public FourPoint fourPoint(Matrix kernel, double tolerance) {
    return new ErfFourPoint(kernel, tolerance);
  }
}
