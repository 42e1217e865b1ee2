package finitewidth.gaussian.lanes;

/**
 * tanh z without a call and without a branch, within 3 ulp.
 *
 * <p>With 2z = k log 2 + 2h, |h| ≤ ¼ log 2, s = 2^k and t = tanh h,
 *
 * <pre>
 * tanh z = ((s + 1) t + s − 1) / ((s − 1) t + s + 1),
 * </pre>
 *
 * in which an error of t cancels as s grows. t is Lambert's continued fraction, cut off after
 * h²/11: relative error 5e-19. {@code Math.tanh} is a call of 20 ns, and {@code Math.exp} one that
 * keeps a loop from being made of vectors.
 *
 * <p>{@link VectorTanh} takes the same steps, in the same order, with the same coefficients: the
 * two agree to the last bit, as of {@link FastAtan}.
 */
public final class FastTanh {
  /** Beyond it tanh is ±1 to the last bit. */
  static final double LARGEST = 19.1;

  static final double TWICE_LOG2_E = 2 / Math.log(2);

  /** Half of log 2, in two parts. */
  static final double HALF_LOG_2 = 0x1.62e42fefa39efp-2;

  static final double HALF_LOG_2_REST = 0x1.abc9e3b39803fp-57;

  /** Added to a number it leaves the nearest integer, with a double's bias, in the lowest bits. */
  static final double INTEGER = 0x1.8p52 + 1023;

  /** Where the exponent of a double begins. */
  static final int EXPONENT = 52;

  static final double N1 = 1260 / 10395.0;
  static final double N2 = 21 / 10395.0;
  static final double D1 = 4725 / 10395.0;
  static final double D2 = 210 / 10395.0;
  static final double D3 = 1 / 10395.0;

  private FastTanh() {}

  /** tanh z; NaN of NaN. */
  public static double of(double z) {
    double a = Math.max(Math.min(z, LARGEST), -LARGEST);
    double shifted = Math.fma(a, TWICE_LOG2_E, INTEGER);
    double k = shifted - INTEGER;
    double h = Math.fma(k, -HALF_LOG_2_REST, Math.fma(k, -HALF_LOG_2, a));
    double s = Double.longBitsToDouble(Double.doubleToRawLongBits(shifted) << EXPONENT);
    double y = h * h;
    double n = Math.fma(y, N2, N1) * y;
    double d = Math.fma(y, Math.fma(y, Math.fma(y, D3, D2), D1), 1);
    double t = Math.fma(h, n, h) / d;
    double above = s + 1;
    double below = s - 1;
    return Math.fma(above, t, below) / Math.fma(below, t, above);
  }

  /**
   * tanh of many numbers, the same bits as {@link #of} each.
   *
   * @param out may be z itself
   * @param count of numbers, from the first
   */
  public static void of(double[] z, double[] out, int count) {
    int done = Lanes.available() ? VectorTanh.of(z, out, count) : 0;
    for (int i = done; i < count; i++) {
      out[i] = of(z[i]);
    }
  }
}
