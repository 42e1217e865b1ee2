package finitewidth.inference.renormalised;

import finitewidth.inference.scale.Guards;

/**
 * What a direction of the training targets makes of its shift, with guards.
 *
 * @param logEvidence what it counts, in nats
 * @param taken what it counts to first order, which is no more of the rest, damped
 * @param factor what its data are multiplied by for the mean's shift, M' damped
 */
record Direction(double logEvidence, double taken, double factor) {
  private static final int STEPS = 60;

  /**
   * With guards.
   *
   * @param x its shift to first order, not damped
   * @param square Σ η² over the outputs, in units of what the NNGP expects of one
   * @param outputs m
   * @param damping f
   */
  static Direction of(Guarding guarding, double x, double square, int outputs, double damping) {
    if (guarding == Guarding.SETTLED && x > 0 && square > outputs) {
      return settled(x, square, outputs, damping);
    }
    double damped = damping * x;
    return new Direction(
        Guards.logEvidence(damped, square, outputs), 0, 1 / Guards.positive(damped));
  }

  /**
   * First order moves the variance 1 by x, at a price of ¼ (η² − m) x that grows without end. This
   * direction moves to the y where gain and price balance, and counts the maximum over y of
   *
   * <p>½ η² y/(1 + y) − ½ m log(1 + y) − ¼ (η² − m) y²/x,
   *
   * <p>which to first order in x is ¼ (η² − m) x as well.
   */
  private static Direction settled(double x, double square, int outputs, double damping) {
    double excess = square - outputs;
    // The slope's sign is that of x (excess − m y) − excess · y (1 + y)², which falls and is
    // concave.
    double y = Math.min(x, excess / outputs);
    for (int k = 0; k < STEPS; k++) {
      double one = 1 + y;
      double value = excess * y * one * one - x * (excess - outputs * y);
      double slope = excess * one * (1 + 3 * y) + x * outputs;
      double next = y - value / slope;
      if (!(next < y)) {
        break;
      }
      y = next;
    }
    double counted =
        0.5 * square * y / (1 + y) - 0.5 * outputs * Math.log1p(y) - 0.25 * excess * y * y / x;
    // The kernel moves by y/x of what first order says, and not by f of it.
    return new Direction(counted, 0.25 * excess * x, y / x / damping / (1 + y));
  }
}
