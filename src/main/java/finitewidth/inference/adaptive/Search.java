package finitewidth.inference.adaptive;

import finitewidth.evidence.Lbfgsb;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import java.util.Arrays;

/**
 * The highest J that L-BFGS finds from several starts: the prior itself, and the prior with other
 * scales. Of equal ends the first counts.
 *
 * @param root T
 * @param scales Q of each layer
 * @param objective J
 * @param steepness largest element of the gradient over n_1: about how far off the logarithms of
 *     the metric are
 * @param evaluations of J, from all starts
 */
record Search(Matrix root, double[] scales, double objective, double steepness, int evaluations) {
  /** Below this steepness the search counts as settled. */
  private static final double SETTLED = 1e-4;

  /** Where it is worth no more steps. */
  private static final double ENOUGH = 1e-8;

  private static final double[] LOG_SCALES = {0, -1.5, 1};

  /** A search goes on from its end, without memory, at most so often. */
  private static final int MOST_ROUNDS = 4;

  private static final double LARGEST_LOGARITHM = 12;
  private static final double LARGEST_ELEMENT = 1e6;

  /**
   * @throws NumericsException if there is no kernel to start from
   */
  static Search of(Objective objective) {
    double[] upper = bounds(objective);
    double[] lower = Arrays.stream(upper).map(bound -> -bound).toArray();
    Lbfgsb.Minimum best = null;
    int evaluations = 0;
    double[] gradient = new double[objective.size()];
    for (double logScale : LOG_SCALES) {
      Lbfgsb.Minimum end = null;
      double[] from = objective.start(logScale);
      for (int round = 0; round < MOST_ROUNDS; round++) {
        double before = end == null ? Double.POSITIVE_INFINITY : end.value();
        end = Lbfgsb.minimise(objective, lower, upper, from);
        evaluations += end.evaluations() + 1;
        objective.at(end.x(), gradient);
        if (steepness(objective, gradient) <= ENOUGH || !(end.value() < before)) {
          break;
        }
        from = end.x();
      }
      if (Double.isFinite(end.value()) && (best == null || end.value() < best.value())) {
        best = end;
      }
    }
    if (best == null) {
      throw new NumericsException(
          "the kernel of the training rows is not positive definite at the prior's metric; raise"
              + " {NOISE_VARIANCE}");
    }
    double value = objective.at(best.x(), gradient);
    return new Search(
        objective.root(best.x()),
        objective.scales(best.x()),
        -value,
        steepness(objective, gradient),
        evaluations + 1);
  }

  private static double steepness(Objective objective, double[] gradient) {
    return Arrays.stream(gradient).map(Math::abs).max().orElse(0) / objective.metricWidth();
  }

  private static double[] bounds(Objective objective) {
    double[] bounds = new double[objective.size()];
    Arrays.fill(bounds, LARGEST_LOGARITHM);
    int at = 0;
    for (int i = 0; i < objective.directions(); i++) {
      Arrays.fill(bounds, at, at + i, LARGEST_ELEMENT);
      at += i + 1;
    }
    return bounds;
  }

  /** Whether it has ended where J is flat. */
  boolean isSettled() {
    return steepness <= SETTLED;
  }
}
