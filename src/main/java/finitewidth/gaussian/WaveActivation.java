package finitewidth.gaussian;

import finitewidth.linalg.Matrix;

/**
 * σ(z) = sin z or cos z, whose expectations are those of plane waves: ⟨e^{i s·z}⟩ = e^{−½ sᵀKs}
 * (THEORY section 3).
 */
final class WaveActivation implements Activation {
  private static final long serialVersionUID = 1L;

  private final boolean sine;

  private WaveActivation(boolean sine) {
    this.sine = sine;
  }

  static WaveActivation sine() {
    return new WaveActivation(true);
  }

  static WaveActivation cosine() {
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
  public void onePoint(double k, OnePoint out) {
    double decay = Math.exp(-2 * k);
    double sign = sine ? 1 : -1;
    out.mean = sine ? -0.5 * Math.expm1(-2 * k) : 0.5 * (1 + decay);
    out.first = sign * decay;
    out.second = -2 * sign * decay;
  }

  /** F = ½(e^{−D/2} ∓ e^{−D'/2}), D = K11 + K22 − 2 K12 and D' = K11 + K22 + 2 K12. */
  @Override
  public void twoPoint(double k11, double k22, double k12, double distance, TwoPoint out) {
    double difference = 0.5 * Math.exp(-0.5 * distance);
    double sum = 0.5 * Math.exp(-0.5 * (k11 + k22 + 2 * k12));
    double sign = sine ? -1 : 1;
    double mean = difference + sign * sum;
    double slope = difference - sign * sum;
    out.mean = mean;
    out.d1 = -0.5 * mean;
    out.d2 = -0.5 * mean;
    out.dc = slope;
    out.d11 = 0.25 * mean;
    out.d22 = 0.25 * mean;
    out.d12 = 0.25 * mean;
    out.d1c = -0.5 * slope;
    out.d2c = -0.5 * slope;
    out.dcc = mean;
    // ⟨σ1²⟩ + ⟨σ2²⟩ − 2F, the parts that cancel as the points merge taken together.
    double own = 0.5 * (Math.exp(-2 * k11) + Math.exp(-2 * k22));
    out.distance = -Math.expm1(-0.5 * distance) + sign * (own - 2 * sum);
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
