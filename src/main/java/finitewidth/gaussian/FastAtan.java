package finitewidth.gaussian;

/**
 * The arc tangent of a ratio, inlined and without a branch.
 *
 * <p>A four-point moment takes some twenty arc tangents of unpredictable size. {@link Math#atan}
 * costs 50 ns and more, and a range reduction by cases (Cephes, fdlibm) loses as much again to
 * mispredicted branches. Here the angle is halved, atan(y/x) = 2 atan(y / (x + √(x² + y²))), and
 * one rational function serves all of [−1, 1]: (atan u / u − 1) / u² as a function of u²,
 * interpolated at the Chebyshev points of [0, 1] with 60 digits (mpmath), relative error of atan
 * 1.6e-17. The error of the result stays within 4 ulp.
 */
final class FastAtan {
  private static final double P0 = -404.4495820141169424291;
  private static final double P1 = -905.3726290655958188492;
  private static final double P2 = -709.2810809323058545972;
  private static final double P3 = -230.9790943899718131501;
  private static final double P4 = -28.63445146700430042953;
  private static final double P5 = -0.9024525862982413486905;
  private static final double Q0 = 1213.348746042351720873;
  private static final double Q1 = 3444.127134821938152122;
  private static final double Q2 = 3674.312918256490967223;
  private static final double Q3 = 1825.920129513948298929;
  private static final double Q4 = 423.87898267194087158;
  private static final double Q5 = 39.96465648522897810831;

  private FastAtan() {}

  /**
   * atan(y / x), between −π/2 and π/2.
   *
   * @param y any number whose square is finite
   * @param x not negative, and not zero if y is
   */
  static double ratio(double y, double x) {
    return twice(y / (x + Math.sqrt(x * x + y * y)));
  }

  /**
   * asin(r) for r = sin of the wanted angle and its cosine.
   *
   * <p>Near ±1 the sine alone does not fix the angle; the cosine does, so it is the caller's to
   * know.
   *
   * @param cosine √(1 − r²), not negative
   */
  static double arcsine(double r, double cosine) {
    return twice(r / (1 + cosine));
  }

  /** 2 atan(u), u in [−1, 1]. */
  private static double twice(double u) {
    double z = u * u;
    double zz = z * z;
    double zzzz = zz * zz;
    // Terms in pairs, for the sake of the latency.
    double p = (P0 + P1 * z) + zz * (P2 + P3 * z) + zzzz * (P4 + P5 * z);
    double q = (Q0 + Q1 * z) + zz * (Q2 + Q3 * z) + zzzz * ((Q4 + Q5 * z) + zz);
    double twice = u + u;
    return twice + twice * (z * p / q);
  }
}
