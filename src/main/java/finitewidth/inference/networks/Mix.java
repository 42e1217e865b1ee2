package finitewidth.inference.networks;

import java.io.Serializable;

/**
 * What a move at τ = 1 is made of.
 *
 * @param every so manyth move has a trajectory, the first among them
 * @param sweeps of each move
 */
record Mix(int every, int sweeps) implements Serializable {
  /** A trajectory and a sweep. */
  static final Mix PLAIN = new Mix(1, 1);

  /** Whether a move has a trajectory. */
  boolean hasTrajectory(int step) {
    return step % every == 0;
  }

  /** Trajectories among the first moves. */
  int trajectories(int moves) {
    return (moves + every - 1) / every;
  }
}
