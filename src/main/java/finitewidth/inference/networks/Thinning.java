package finitewidth.inference.networks;

import finitewidth.inducing.TrainingBlock;
import finitewidth.linalg.Matrix;
import java.io.Serializable;

/**
 * A random choice of training rows, one of 2^level, by their places alone. Each choice has all rows
 * of the next higher level, so chains that go down the levels see ever more rows.
 *
 * @param level 0 for all rows
 */
record Thinning(int level) implements Serializable {
  /** All rows. */
  static final Thinning NONE = new Thinning(0);

  /** Rows that a chain begins with, about. */
  private static final double FIRST_ROWS = 16;

  /** The highest level at which there are some rows. */
  static int levels(long rows) {
    return (int) Math.max(0, Math.floor(Math.log(rows / FIRST_ROWS) / Math.log(2)));
  }

  /** Whether a row is of the choice. */
  private boolean has(long block, int row) {
    return Long.numberOfTrailingZeros(mixed(block * TrainingBlock.ROWS + row)) >= level;
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit depends on all. */
  private static long mixed(long place) {
    long z = place + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The rows of a block that are of the choice; may be none. */
  TrainingBlock of(TrainingBlock block) {
    if (level == 0) {
      return block;
    }
    int count = 0;
    int[] chosen = new int[block.rows()];
    for (int i = 0; i < block.rows(); i++) {
      if (has(block.number(), i)) {
        chosen[count++] = i;
      }
    }
    return new TrainingBlock(
        block.number(), some(block.inputs(), chosen, count), some(block.targets(), chosen, count));
  }

  private static Matrix some(Matrix rows, int[] chosen, int count) {
    Matrix some = Matrix.zeros(count, rows.cols());
    for (int i = 0; i < count; i++) {
      System.arraycopy(
          rows.data(), chosen[i] * rows.cols(), some.data(), i * rows.cols(), rows.cols());
    }
    return some;
  }
}
