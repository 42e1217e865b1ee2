package finitewidth.sampled;

import finitewidth.contraction.ContractionProblem;

/**
 * The cost of one draw in floating-point operations of its matrix products; normal deviates and
 * activations count as so many operations as take the same time.
 */
final class DrawCost {
  /** A deviate, or an activation with what is done to its value, at 20 GFLOP/s: some 20 ns. */
  private static final double ELEMENT = 400;

  private DrawCost() {}

  /**
   * The cost of one draw of source layer s.
   *
   * @param rank of the layer's kernel
   * @param rows further rows drawn for
   */
  static double operations(ContractionProblem problem, int s, int rank, long rows) {
    double p = problem.size();
    double fields = 2 * p * rank + (double) rank * rank + 2.0 * rows * rank;
    double elements = ELEMENT * (rank + p + 2.0 * rows);
    if (!problem.mixes(s)) {
      return fields + elements + p * p + 2 * p * rows;
    }
    // Every second chunk carries probes.
    double data = problem.variance() ? 1 : 0;
    double training = 4 * p * p + 0.5 * (10 + 4 * data) * p * p;
    double further = 4 * p * rows + 0.5 * (10 + 6 * data) * p * rows;
    return fields + training + further + elements + ELEMENT * (0.5 * p + rows);
  }
}
