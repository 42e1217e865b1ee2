package finitewidth.inference.networks;

import java.io.Serializable;

/**
 * What a move at τ = 1 is made of: a trajectory, and now and then a sweep.
 *
 * @param every so manyth move has a sweep, the first among them
 */
record Mix(int every) implements Serializable {
  /** A trajectory and a sweep. */
  static final Mix PLAIN = new Mix(1);

  /** Whether a move has a sweep. */
  boolean hasSweep(int step) {
    return step % every == 0;
  }
}
