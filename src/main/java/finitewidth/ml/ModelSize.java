package finitewidth.ml;

import finitewidth.inference.State;
import finitewidth.linalg.Matrix;
import finitewidth.model.FiniteWidthModel;

/** Bytes that a model's numbers take: training rows, order 0, and the state of its engine. */
final class ModelSize {
  private ModelSize() {}

  static long of(FiniteWidthModel model) {
    long numbers = 0;
    State state = model.posterior().state();
    for (Matrix tensor : state.tensors().values()) {
      numbers += (long) tensor.rows() * tensor.cols();
    }
    long rows = model.posterior().problem().size();
    // L and K of infinite width beside it.
    numbers += 2 * rows * rows + rows * (model.features() + model.outputs());
    return Double.BYTES * numbers;
  }
}
