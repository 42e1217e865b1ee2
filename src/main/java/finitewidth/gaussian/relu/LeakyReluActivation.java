package finitewidth.gaussian.relu;

import finitewidth.gaussian.Derivative;
import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.linalg.Matrix;
import java.util.Map;
import java.util.Optional;

/**
 * σ(z) = z for z &gt; 0 and a z for z &lt; 0, that is a z + (1 − a) max(z, 0): linear at a = 1, the
 * ReLU at a = 0, |z| at a = −1 (docs/theory.md#leaky-relu).
 *
 * <p>As ⟨z1 max(z2, 0)⟩ = K12 / 2, everything of second order is (1 − a)² times the ReLU's plus a
 * times the linear activation's.
 */
public final class LeakyReluActivation implements FourPointActivation {
  private static final long serialVersionUID = 1L;

  public static final String NAME = "leaky-relu";

  /** Key of a in {@link #parameters}. */
  public static final String SLOPE = "negative-slope";

  private final double slope;
  private final ReluActivation relu = new ReluActivation();

  /**
   * @param slope a
   * @throws IllegalArgumentException unless −1 ≤ a ≤ 1
   */
  public LeakyReluActivation(double slope) {
    if (!(slope >= -1 && slope <= 1)) {
      throw new IllegalArgumentException("negative slope " + slope + ", not between -1 and 1");
    }
    this.slope = slope;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Double> parameters() {
    return Map.of(SLOPE, slope);
  }

  @Override
  public double value(double z) {
    return z > 0 ? z : slope * z;
  }

  @Override
  public Optional<Derivative> derivative() {
    return Optional.of(new Slopes(slope));
  }

  /** σ' without the activation around it. */
  private record Slopes(double negative) implements Derivative {
    @Override
    public double at(double z, double value) {
      return z > 0 ? 1 : negative;
    }
  }

  @Override
  public void onePoint(double k, OnePoint out) {
    out.first = 0.5 * (1 + slope * slope);
    out.mean = out.first * k;
    out.second = 0;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Merging and opposite points are as they are for the ReLU.
   */
  @Override
  public void twoPoint(TwoPointRow row, int count) {
    relu.twoPoint(row, count);
    double kink = (1 - slope) * (1 - slope);
    mix(kink, row.mean, row.k12, count);
    mix(kink, row.distance, row.separation, count);
    scale(kink, row.d1, count);
    scale(kink, row.d2, count);
    scale(kink, row.dc, count);
    for (int i = 0; i < count; i++) {
      row.dc[i] += slope;
    }
    if (row.curvature()) {
      scale(kink, row.d11, count);
      scale(kink, row.d22, count);
      scale(kink, row.d12, count);
      scale(kink, row.d1c, count);
      scale(kink, row.d2c, count);
      scale(kink, row.dcc, count);
    }
  }

  private void mix(double kink, double[] relu, double[] linear, int count) {
    for (int i = 0; i < count; i++) {
      relu[i] = kink * relu[i] + slope * linear[i];
    }
  }

  private static void scale(double factor, double[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] *= factor;
    }
  }

  @Override
  public FourPoint fourPoint(Matrix kernel, double tolerance) {
    return new LeakyReluFourPoint(kernel, slope, tolerance, relu);
  }
}
