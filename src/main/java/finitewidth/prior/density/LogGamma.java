package finitewidth.prior.density;

/**
 * Linear neurons: e^t = χ²_n/n, so that with a = n/2 the density is a^a e^{a(t − e^t)} / Γ(a).
 *
 * @param shape a
 * @param constant log(a^a e^−a / Γ(a))
 */
record LogGamma(double shape, double constant) implements LogFactor {
  /** From here on Stirling's series, without cancellation; its first term left out is 2e-15. */
  private static final double LARGE = 20;

  static LogGamma of(int width) {
    return new LogGamma(0.5 * width, constant(0.5 * width));
  }

  /** log(a^a e^−a / Γ(a)). */
  static double constant(double a) {
    if (a < LARGE) {
      return a * Math.log(a) - a - org.apache.commons.numbers.gamma.LogGamma.value(a);
    }
    double inverse = 1 / a;
    double square = inverse * inverse;
    double series =
        inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
    return 0.5 * Math.log(a / (2 * Math.PI)) - series;
  }

  /** The logarithm of the density of log(χ²_2a/2a) at s. */
  static double logDensity(double a, double constant, double s) {
    return constant + a * (s - Math.expm1(s));
  }

  @Override
  public double logDensity(double t) {
    return logDensity(shape, constant, t);
  }

  @Override
  public double silent() {
    return 0;
  }

  @Override
  public int leastShape() {
    return (int) (2 * shape);
  }
}
