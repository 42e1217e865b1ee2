package finitewidth.inference.networks;

import java.io.Serializable;

/**
 * How a chain finds step and frequencies of its trajectories while it adapts.
 *
 * @param averaging of the step
 * @param curvature of the states since the frequencies were set
 * @param frequencies that are gone by
 */
record Adaptation(DualAveraging averaging, Curvature curvature, double[] frequencies)
    implements Serializable {
  private static final double FIRST_STEP = 0.1;

  /** States after the start that say nothing about curvature yet. */
  private static final int SETTLING = 5;

  private static final int FEWEST_STATES = 5;

  /** Before anything is known. */
  static Adaptation start(NetworkShape shape) {
    return new Adaptation(
        DualAveraging.from(FIRST_STEP),
        Curvature.none(shape),
        Metric.plain(FIRST_STEP, shape).frequencies());
  }

  /** What to go by now. */
  Metric metric() {
    return new Metric(averaging.step(), frequencies);
  }

  /** What to go by from now on. */
  Metric settled() {
    return new Metric(averaging.settled(), frequencies);
  }

  /**
   * Takes in one trajectory. Frequencies are set after one, two and three fifths of the way, and
   * the step is looked for anew: what is left is for the step alone.
   *
   * @param step of so many
   */
  Adaptation update(NetworkShape shape, double[] u, Trajectory trajectory, int step, int steps) {
    return update(shape, u, trajectory.acceptance(), trajectory.gradient(), step, steps);
  }

  /**
   * The same, told what came of the trajectory.
   *
   * @param acceptance the probability with which it was accepted
   * @param gradient dL/dU where it has ended
   */
  Adaptation update(
      NetworkShape shape, double[] u, double acceptance, double[] gradient, int step, int steps) {
    DualAveraging next = averaging.update(acceptance);
    Curvature more = step < SETTLING ? curvature : curvature.add(shape, u, gradient);
    boolean turn = step == steps / 5 || step == 2 * steps / 5 || step == 3 * steps / 5;
    return turn && more.states() >= FEWEST_STATES
        ? new Adaptation(
            DualAveraging.from(next.settled()), Curvature.none(shape), more.frequencies(shape))
        : new Adaptation(next, more, frequencies);
  }
}
