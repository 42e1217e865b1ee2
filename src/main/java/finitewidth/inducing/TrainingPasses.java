package finitewidth.inducing;

import finitewidth.linalg.Summable;

/** Training rows that can be gone through as often as it takes, wherever they are. */
public interface TrainingPasses {

  /** N, the number of rows. */
  long rows();

  /** m. */
  int outputs();

  /**
   * The sums over all rows, added along the tree of the blocks' numbers: the same bits however the
   * blocks are spread.
   */
  <T extends Summable<T>> T sum(BlockPass<T> pass);
}
