package finitewidth.inducing;

import finitewidth.linalg.Matrix;
import java.io.Serializable;

/**
 * Some training rows, preprocessed: those whose number in the data is in [number · {@value #ROWS},
 * (number + 1) · {@value #ROWS}), in this order. What is summed over rows is summed block by block,
 * so that it does not depend on how rows are spread.
 *
 * @param number of the block
 * @param inputs b × n_0
 * @param targets b × m
 */
public record TrainingBlock(long number, Matrix inputs, Matrix targets) implements Serializable {
  /** Enough for BLAS, few enough for the cache. */
  public static final int ROWS = 1024;

  public TrainingBlock {
    if (inputs.rows() != targets.rows() || inputs.rows() > ROWS) {
      throw new IllegalArgumentException(
          inputs.rows() + " inputs and " + targets.rows() + " targets in a block");
    }
  }

  /** The block that a row belongs to. */
  public static long of(long row) {
    return row / ROWS;
  }

  /** How many rows there are. */
  public int rows() {
    return inputs.rows();
  }
}
