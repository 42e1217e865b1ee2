package finitewidth.gaussian.relu;

import finitewidth.gaussian.Derivative;
import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.linalg.Matrix;
import java.util.Optional;

/** σ(z) = max(z, 0) (docs/theory.md#relu). */
public final class ReluActivation implements FourPointActivation {
  private static final long serialVersionUID = 1L;

  /** Makes more than 1 of any field that is not next to nothing. */
  private static final double STEEP = 1e300;

  @Override
  public String name() {
    return "relu";
  }

  @Override
  public double value(double z) {
    return Math.max(z, 0);
  }

  @Override
  public Optional<Derivative> derivative() {
    // A branch would be taken by chance, and keep the compiler from making vectors.
    return Optional.of((z, value) -> Math.min(Math.max(z * STEEP, 0), 1));
  }

  @Override
  public void onePoint(double k, OnePoint out) {
    out.mean = 0.5 * k;
    out.first = 0.5;
    out.second = 0;
  }

  @Override
  public void twoPoint(TwoPointRow row, int count) {
    ReluTwoPoint.apply(row, count);
  }

  @Override
  public void means(TwoPointRow row, int count) {
    ReluTwoPoint.means(row, count);
  }

  @Override
  public FourPoint fourPoint(Matrix kernel, double tolerance) {
    return new ReluFourPoint(kernel, tolerance);
  }
}
