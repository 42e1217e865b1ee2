package finitewidth.inference.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.oracle.Problems;

/** Gradients beside differences, in a direction and at a point near a start. */
final class Differences {
  private static final double STEP = 1e-5;

  private Differences() {}

  static void check(Search.Objective objective, double[] start) {
    double[] at = start.clone();
    double[] direction = Problems.gaussian(1, at.length, 3).data();
    for (int i = 0; i < at.length; i++) {
      at[i] += 0.1 * direction[at.length - 1 - i];
    }
    double[] gradient = new double[at.length];
    objective.at(at, gradient);
    double along = 0;
    for (int i = 0; i < at.length; i++) {
      along += gradient[i] * direction[i];
    }
    // By Richardson's rule, of error STEP⁴.
    double difference =
        (4 * slope(objective, at, direction, STEP) - slope(objective, at, direction, 2 * STEP)) / 3;
    assertThat(difference).isCloseTo(along, within(1e-7 * Math.abs(along)));
  }

  private static double slope(
      Search.Objective objective, double[] at, double[] direction, double step) {
    return (value(objective, at, direction, step) - value(objective, at, direction, -step))
        / (2 * step);
  }

  private static double value(
      Search.Objective objective, double[] at, double[] direction, double step) {
    double[] moved = at.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    return objective.at(moved, new double[moved.length]);
  }
}
