package finitewidth.inducing;

import finitewidth.linalg.Summable;
import java.io.Serializable;

/**
 * What one pass over the training rows adds up, block by block. Immutable; broadcast.
 *
 * @param <T> the sums; sent, so serialisable
 */
public interface BlockPass<T extends Summable<T>> extends Serializable {

  /** About how many bytes its sums take when they are sent. */
  long bytes();

  /** A worker for one thread. */
  Worker<T> worker();

  /**
   * Takes the blocks that come to one thread, in any order.
   *
   * @param <T> the sums
   */
  @FunctionalInterface
  interface Worker<T> {
    /** The sums over one block, which depend on nothing else. */
    T sums(TrainingBlock block);
  }
}
