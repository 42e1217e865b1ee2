package finitewidth.inference.networks;

import java.io.Serializable;

/**
 * The step for which trajectories are accepted so often, by dual averaging (Nesterov 2009; Hoffman
 * and Gelman 2014): log h = μ − √t H̄/γ with H̄ the average shortfall, and its average with weights
 * t^−κ in the end.
 *
 * @param center μ, log of twice the step that it began with
 * @param count t
 * @param shortfall H̄
 * @param step h to take next
 * @param logAverage log h̄
 */
record DualAveraging(double center, int count, double shortfall, double step, double logAverage)
    implements Serializable {
  private static final double TARGET = 0.8;
  private static final double GAMMA = 0.2;

  /** Times as far as the first step is where it is drawn to: short ones cost more than refusals. */
  private static final double BOLDER = 2;

  private static final double DELAY = 10;
  private static final double KAPPA = 0.75;

  /** About half a turn: beyond, a leap is further than a trajectory ought to be. */
  private static final double LARGEST = 3;

  /** Begins anew about some step. */
  static DualAveraging from(double step) {
    return new DualAveraging(Math.log(BOLDER * step), 0, 0, step, Math.log(step));
  }

  /**
   * Takes in one trajectory.
   *
   * @param acceptance the probability with which it was accepted
   */
  DualAveraging update(double acceptance) {
    int t = count + 1;
    double part = 1 / (t + DELAY);
    double average = (1 - part) * shortfall + part * (TARGET - acceptance);
    double log = Math.min(Math.log(LARGEST), center - Math.sqrt(t) / GAMMA * average);
    double weight = Math.pow(t, -KAPPA);
    return new DualAveraging(
        center, t, average, Math.exp(log), weight * log + (1 - weight) * logAverage);
  }

  /** What to keep to. */
  double settled() {
    return Math.exp(logAverage);
  }
}
