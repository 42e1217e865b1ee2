package finitewidth.inference.scale;

/**
 * What keeps the part that is left to first order from running away where it is not small. Each is
 * its argument up to terms of second order, so nothing changes to first order in 1/width.
 */
public final class Guards {
  /** Largest logarithm of the factor on a variance. */
  private static final double VARIANCE = Math.log(4);

  private Guards() {}

  /** f = 1/(1 + ρ²): how much of the rest is believed. */
  public static double damping(double rho) {
    return 1 / (1 + rho * rho);
  }

  /** 1 + x for x above 0 and 1/(1 − x) below: positive for every x. */
  public static double positive(double x) {
    return x > 0 ? 1 + x : 1 / (1 - x);
  }

  /**
   * The log evidence of one coordinate whose variance 1 is shifted by x, guarded, less what it is
   * to first order in x: −½ η² (1/g − 1) − ½ m log g − ½ x (η² − m).
   *
   * @param square η², summed over the outputs
   * @param outputs m
   */
  public static double logEvidence(double x, double square, int outputs) {
    // 1/g − 1 without a difference of near numbers.
    double less = x > 0 ? -x / (1 + x) : -x;
    return -0.5 * square * less
        - 0.5 * outputs * Math.log(positive(x))
        - 0.5 * x * (square - outputs);
  }

  /** A shift of a mean, at most a standard deviation: t / √(1 + t²/c). */
  public static double mean(double shift, double variance) {
    return shift / Math.sqrt(1 + shift * shift / variance);
  }

  /** The derivative of that. */
  public static double meanSlope(double shift, double variance) {
    double one = 1 + shift * shift / variance;
    return 1 / (one * Math.sqrt(one));
  }

  /** A factor on a variance between ¼ and 4, from its relative change. */
  public static double variance(double relative) {
    return Math.exp(VARIANCE * Math.tanh(relative / VARIANCE));
  }

  /** The derivative of that. */
  public static double varianceSlope(double relative) {
    double one = Math.tanh(relative / VARIANCE);
    return variance(relative) * (1 - one * one);
  }
}
