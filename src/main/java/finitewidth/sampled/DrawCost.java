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
   * The cost of one draw of source layer s, deviates and activations included.
   *
   * @param rank of the layer's kernel
   * @param rows further rows drawn for
   */
  static double operations(ContractionProblem problem, int s, int rank, long rows) {
    double inner = problem.mixes(s) ? 0.5 * problem.size() + rows : 0;
    double elements = rank + problem.size() + 2.0 * rows + inner;
    return products(problem, s, rank, rows) + ELEMENT * elements;
  }

  /** Of the matrix products alone. */
  static double products(ContractionProblem problem, int s, int rank, long rows) {
    double p = problem.size();
    double m = problem.outputs();
    double data = problem.variance() ? 1 : 0;
    double fields = 2 * p * rank + (double) rank * rank + 2.0 * rows * rank;
    if (!problem.mixes(s)) {
      return fields + p * p + 4 * p * m + 2 * p * rows + (2 + 2 * data) * rows * m;
    }
    // Every second chunk carries probes.
    double training = 3 * p * p + 0.5 * ((10 + 4 * data) * p * p + 2 * p * m);
    double further = 2 * p * rows + 0.5 * ((10 + 6 * data) * p * rows + 2 * rows * m);
    return fields + training + further;
  }
}
