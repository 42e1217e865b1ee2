package finitewidth.sampled;

import finitewidth.contraction.ContractionProblem;

/** Floating-point operations of the matrix products of one draw. */
final class DrawCost {
  private DrawCost() {}

  /**
   * The cost of one draw of source layer s.
   *
   * @param rank of the layer's kernel
   * @param rows further rows drawn for
   */
  static double flops(ContractionProblem problem, int s, int rank, long rows) {
    double p = problem.size();
    double fields = 2 * p * rank + (double) rank * rank;
    double furtherFields = 2.0 * rows * rank;
    if (!problem.mixes(s)) {
      return fields + p * p + furtherFields + 2 * p * rows;
    }
    // Every second chunk carries probes.
    double data = problem.variance() ? 1 : 0;
    double training = 4 * p * p + 0.5 * (10 + 4 * data) * p * p;
    double further = 4 * p * rows + 0.5 * (10 + 6 * data) * p * rows;
    return fields + furtherFields + training + further;
  }
}
