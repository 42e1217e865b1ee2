package finitewidth.inference.networks;

import java.io.Serializable;

/**
 * The way between prior and posterior: τ_0 = 0 … τ_K = 1.
 *
 * @param tau τ_0 … τ_K
 * @param leap step of a trajectory at each of them
 * @param length Λ, the thermodynamic length of all of it
 */
record Schedule(double[] tau, double[] leap, double length) implements Serializable {

  /** K. */
  int steps() {
    return tau.length - 1;
  }

  /** The same way in twice as many steps. */
  Schedule doubled() {
    double[] more = new double[2 * steps() + 1];
    double[] leaps = new double[more.length];
    for (int k = 0; k < tau.length; k++) {
      more[2 * k] = tau[k];
      leaps[2 * k] = leap[k];
      if (k > 0) {
        more[2 * k - 1] = 0.5 * (tau[k - 1] + tau[k]);
        leaps[2 * k - 1] = Math.sqrt(leap[k - 1] * leap[k]);
      }
    }
    return new Schedule(more, leaps, length);
  }

  /**
   * As many temperatures as the length asks for.
   *
   * @param tau of the pilot's knots, from 0 to 1
   * @param deviation sd_τ(L) there
   * @param leap step of a trajectory there
   * @param most steps at most
   */
  static Schedule of(double[] tau, double[] deviation, double[] leap, int most) {
    TemperingSchedule tempering = new TemperingSchedule(tau, deviation);
    double[] temperatures = tempering.temperatures(Math.min(most, tempering.steps()));
    double[] leaps = new double[temperatures.length];
    int knot = 0;
    for (int k = 0; k < leaps.length; k++) {
      while (knot < tau.length - 2 && tau[knot + 1] < temperatures[k]) {
        knot++;
      }
      double part = (temperatures[k] - tau[knot]) / (tau[knot + 1] - tau[knot]);
      leaps[k] = Math.pow(leap[knot], 1 - part) * Math.pow(leap[knot + 1], part);
    }
    return new Schedule(temperatures, leaps, tempering.length());
  }
}
