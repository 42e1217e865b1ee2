package finitewidth.inference.networks;

import java.io.Serializable;

/**
 * The temperatures on the way from prior to posterior: τ_0 = 0 … τ_K = 1, with equal steps of
 * thermodynamic length Λ = ∫ sd_τ(L) dτ.
 *
 * @param tau τ_0 … τ_K
 * @param leap step of a trajectory at each of them
 * @param length Λ of all of it
 */
record Schedule(double[] tau, double[] leap, double length) implements Serializable {
  /** K over Λ², with which the log weights' variance is about 2τ_int/6, whatever Λ is. */
  private static final double STEPS_OVER_SQUARE = 6;

  private static final int FEWEST_STEPS = 50;

  /** Knots on either side that a standard deviation is averaged over. */
  private static final int SMOOTHED = 2;

  /** K. */
  int steps() {
    return tau.length - 1;
  }

  /**
   * So many steps as the length asks for.
   *
   * @param tau of the pilot's knots, from 0 to 1
   * @param deviation sd_τ(L) there
   * @param leap step of a trajectory there
   * @param most steps at most
   */
  static Schedule of(double[] tau, double[] deviation, double[] leap, int most) {
    double[] length = new double[tau.length];
    for (int i = 1; i < tau.length; i++) {
      double mean = 0.5 * (smoothed(deviation, i - 1) + smoothed(deviation, i));
      length[i] = length[i - 1] + mean * (tau[i] - tau[i - 1]);
    }
    double all = length[length.length - 1];
    int steps =
        (int) Math.min(most, Math.max(FEWEST_STEPS, Math.ceil(STEPS_OVER_SQUARE * all * all)));
    double[] temperatures = new double[steps + 1];
    double[] leaps = new double[steps + 1];
    int knot = 0;
    for (int k = 0; k <= steps; k++) {
      double at = all * k / steps;
      while (knot < length.length - 2 && length[knot + 1] < at) {
        knot++;
      }
      double gap = length[knot + 1] - length[knot];
      double part = gap > 0 ? Math.min(1, (at - length[knot]) / gap) : 1;
      temperatures[k] = tau[knot] + part * (tau[knot + 1] - tau[knot]);
      leaps[k] = Math.pow(leap[knot], 1 - part) * Math.pow(leap[knot + 1], part);
    }
    temperatures[0] = 0;
    temperatures[steps] = 1;
    return new Schedule(temperatures, leaps, all);
  }

  private static double smoothed(double[] values, int at) {
    double sum = 0;
    for (int k = at - SMOOTHED; k <= at + SMOOTHED; k++) {
      sum += values[Math.max(0, Math.min(values.length - 1, k))];
    }
    return sum / (2 * SMOOTHED + 1);
  }
}
