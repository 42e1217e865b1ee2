package finitewidth.inference.adaptive;

import finitewidth.evidence.Lbfgsb;
import finitewidth.linalg.NumericsException;
import java.util.Arrays;
import java.util.List;

/**
 * The highest J that L-BFGS finds from several starts. Of equal ends the first counts.
 *
 * @param at the unknowns there
 * @param objective J
 * @param steepness largest element of the gradient over the width of the narrowest layer: about how
 *     far off the logarithms of what is searched for are
 * @param evaluations of J, from all starts
 */
record Search(double[] at, double objective, double steepness, int evaluations) {
  /** Below this steepness the search counts as settled. */
  private static final double SETTLED = 1e-4;

  /** Where it is worth no more steps. */
  private static final double ENOUGH = 1e-8;

  /** A search goes on from its end, without memory, at most so often. */
  private static final int MOST_ROUNDS = 4;

  /** −J with its gradient, and where to look for its minimum. */
  interface Objective extends Lbfgsb.Smooth {

    /** Where to begin. */
    List<double[]> starts();

    /** How far from zero each unknown is looked for. */
    double[] bounds();

    /** n of the narrowest layer that unknowns belong to: J is curved that much at least. */
    double narrowest();
  }

  /**
   * Searches from all starts.
   *
   * @throws NumericsException if there is no kernel to start from
   */
  static Search of(Objective objective) {
    double[] upper = objective.bounds();
    double[] lower = Arrays.stream(upper).map(bound -> -bound).toArray();
    Lbfgsb.Minimum best = null;
    int evaluations = 0;
    double[] gradient = new double[upper.length];
    for (double[] start : objective.starts()) {
      Lbfgsb.Minimum end = Lbfgsb.minimise(objective, lower, upper, start);
      evaluations += end.evaluations();
      for (int round = 1; round < MOST_ROUNDS && Double.isFinite(end.value()); round++) {
        objective.at(end.x(), gradient);
        evaluations++;
        if (steepness(objective, gradient) <= ENOUGH) {
          break;
        }
        Lbfgsb.Minimum next = Lbfgsb.minimise(objective, lower, upper, end.x());
        evaluations += next.evaluations();
        if (!(next.value() < end.value())) {
          break;
        }
        end = next;
      }
      if (Double.isFinite(end.value()) && (best == null || end.value() < best.value())) {
        best = end;
      }
    }
    if (best == null) {
      throw new NumericsException(
          "the kernel of the training rows is not positive definite where the search for a kernel"
              + " begins; raise {NOISE_VARIANCE}, or leave out rows that coincide with others");
    }
    double value = objective.at(best.x(), gradient);
    return new Search(best.x(), -value, steepness(objective, gradient), evaluations + 1);
  }

  private static double steepness(Objective objective, double[] gradient) {
    return Arrays.stream(gradient).map(Math::abs).max().orElse(0) / objective.narrowest();
  }

  /** Whether it has ended where J is flat. */
  boolean isSettled() {
    return steepness <= SETTLED;
  }
}
