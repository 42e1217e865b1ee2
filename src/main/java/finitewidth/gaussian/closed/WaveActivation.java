package finitewidth.gaussian.closed;

import finitewidth.gaussian.Derivative;
import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.linalg.Matrix;
import java.util.Optional;

/**
 * σ(z) = sin z or cos z, whose expectations are those of plane waves: ⟨e^{i s·z}⟩ = e^{−½ sᵀKs}
 * (docs/theory.md#sin-and-cos).
 */
public final class WaveActivation implements FourPointActivation {
  private static final long serialVersionUID = 1L;

  private final boolean sine;

  private WaveActivation(boolean sine) {
    this.sine = sine;
  }

  public static WaveActivation sine() {
    return new WaveActivation(true);
  }

  public static WaveActivation cosine() {
    return new WaveActivation(false);
  }

  @Override
  public String name() {
    return sine ? "sin" : "cos";
  }

  @Override
  public double value(double z) {
    return sine ? Math.sin(z) : Math.cos(z);
  }

  @Override
  public Optional<Derivative> derivative() {
    return Optional.of(sine ? (z, value) -> Math.cos(z) : (z, value) -> -Math.sin(z));
  }

  @Override
  public void onePoint(double k, OnePoint out) {
    double decay = Math.exp(-2 * k);
    double sign = sine ? 1 : -1;
    out.mean = sine ? -0.5 * Math.expm1(-2 * k) : 0.5 * (1 + decay);
    out.first = sign * decay;
    out.second = -2 * sign * decay;
  }

  /** F = ½(e^{−D/2} ∓ e^{−D'/2}), D = K11 + K22 − 2 K12 and D' = K11 + K22 + 2 K12. */
  @Override
  public void twoPoint(TwoPointRow row, int count) {
    double sign = sine ? -1 : 1;
    double own1 = Math.exp(-2 * row.k11);
    for (int i = 0; i < count; i++) {
      double k22 = row.k22[i];
      double separation = row.separation[i];
      double difference = 0.5 * Math.exp(-0.5 * separation);
      double sum = 0.5 * Math.exp(-0.5 * (row.k11 + k22 + 2 * row.k12[i]));
      double mean = difference + sign * sum;
      row.mean[i] = mean;
      row.d1[i] = -0.5 * mean;
      row.d2[i] = -0.5 * mean;
      row.dc[i] = difference - sign * sum;
      // ⟨σ1²⟩ + ⟨σ2²⟩ − 2F, the parts that cancel as the points merge taken together.
      double own = 0.5 * (own1 + Math.exp(-2 * k22));
      row.distance[i] = -Math.expm1(-0.5 * separation) + sign * (own - 2 * sum);
    }
    if (row.curvature()) {
      for (int i = 0; i < count; i++) {
        double quarter = 0.25 * row.mean[i];
        double half = -0.5 * row.dc[i];
        row.d11[i] = quarter;
        row.d22[i] = quarter;
        row.d12[i] = quarter;
        row.d1c[i] = half;
        row.d2c[i] = half;
        row.dcc[i] = row.mean[i];
      }
    }
  }

  @Override
  public FourPoint fourPoint(Matrix kernel, double tolerance) {
    return new SignPatterns(kernel, sine);
  }

  /** ⅛ Σ over the eight relative signs s (s_a = 1) of e^{−½ sᵀKs}, times Π s for the sine. */
  private record SignPatterns(Matrix kernel, boolean sine) implements FourPoint {
    @Override
    public void distinct(int a, int b, int c, int from, int to, double[] out) {
      double[] k = kernel.data();
      int n = kernel.cols();
      double half = -0.5 * (k[a * n + a] + k[b * n + b] + k[c * n + c]);
      double ab = k[a * n + b];
      double ac = k[a * n + c];
      double bc = k[b * n + c];
      double odd = sine ? -1 : 1;
      for (int d = from; d < to; d++) {
        double base = half - 0.5 * k[d * n + d];
        double ad = k[a * n + d];
        double bd = k[b * n + d];
        double cd = k[c * n + d];
        // Exponents are formed whole: the cosh and sinh of large covariances would overflow.
        double even =
            Math.exp(base - ab - ac - bc - ad - bd - cd)
                + Math.exp(base - ab + ac + bc + ad + bd - cd)
                + Math.exp(base + ab - ac + bc + ad - bd + cd)
                + Math.exp(base + ab + ac - bc - ad + bd + cd);
        double other =
            Math.exp(base - ab - ac - bc + ad + bd + cd)
                + Math.exp(base - ab + ac + bc - ad - bd + cd)
                + Math.exp(base + ab - ac + bc - ad + bd - cd)
                + Math.exp(base + ab + ac - bc + ad - bd - cd);
        out[d - from] = 0.125 * (even + odd * other);
      }
    }

    @Override
    public void paired(int a, int c, int from, int to, double[] out) {
      distinct(a, a, c, from, to, out);
    }
  }
}
