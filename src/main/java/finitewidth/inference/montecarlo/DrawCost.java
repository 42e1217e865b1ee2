package finitewidth.inference.montecarlo;

import finitewidth.inference.ContractionProblem;

/**
 * The cost of one draw in floating-point operations of its matrix products; normal deviates and
 * activations count as so many operations as take the same time.
 */
public final class DrawCost {
  /** A deviate, or an activation with what is done to its value, at 20 GFLOP/s: some 20 ns. */
  static final double ELEMENT = 400;

  private DrawCost() {}

  /**
   * What a draw's cost depends on.
   *
   * @param size P
   * @param outputs m
   * @param variance whether corrections of variances are wanted
   * @param mixes whether there are hidden layers above
   * @param rank of the layer's kernel
   */
  public record Shape(int size, int outputs, boolean variance, boolean mixes, int rank) {
    static Shape of(ContractionProblem problem, int s, int rank) {
      return new Shape(
          problem.size(), problem.outputs(), problem.variance(), problem.mixes(s), rank);
    }
  }

  /**
   * The cost of one draw of a source layer, deviates and activations included.
   *
   * @param rows further rows drawn for
   */
  public static double operations(Shape shape, long rows) {
    double inner = shape.mixes() ? 0.5 * shape.size() + rows : 0;
    double elements = shape.rank() + shape.size() + 2.0 * rows + inner;
    return products(shape, rows) + ELEMENT * elements;
  }

  /** Of the matrix products alone. */
  static double products(Shape shape, long rows) {
    double p = shape.size();
    double m = shape.outputs();
    double rank = shape.rank();
    double data = shape.variance() ? 1 : 0;
    double fields = 2 * p * rank + rank * rank + 2.0 * rows * rank;
    if (!shape.mixes()) {
      return fields + p * p + 4 * p * m + 2 * p * rows + (2 + 2 * data) * rows * m;
    }
    // Every second chunk carries test vectors.
    double training = 3 * p * p + 0.5 * ((10 + 4 * data) * p * p + 2 * p * m);
    double further = 2 * p * rows + 0.5 * ((10 + 6 * data) * p * rows + 2 * rows * m);
    return fields + training + further;
  }

  /**
   * Of one draw for rows' cumulants, deviates and activations included: in inner layers a
   * triangular product over the training samples for each row.
   *
   * @param rows in all
   */
  static double cumulants(Shape shape, long rows) {
    double p = shape.size();
    double rank = shape.rank();
    double blocks = Math.ceil((double) rows / RowBlock.ROWS);
    double fields = 2 * p * rank + ELEMENT * (rank + p);
    double further = 2 * rank + ELEMENT * 3;
    if (!shape.mixes()) {
      return blocks * fields + rows * (further + 2 * p + 2.0 * shape.outputs());
    }
    double entry = ELEMENT / 10;
    return blocks * (fields + 4 * p * p) + rows * (further + 10 * p + p * p + entry * p);
  }
}
