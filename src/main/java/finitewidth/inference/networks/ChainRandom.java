package finitewidth.inference.networks;

import finitewidth.inference.work.RandomStream;
import java.util.Arrays;

/**
 * The deviates of one chain: a stream for every kernel of every step, made where it is needed. No
 * bit of them depends on where rounds or tasks begin.
 *
 * @param seed of the user
 * @param widths of the network, so that runs of several widths share nothing
 * @param chain its number
 */
record ChainRandom(long seed, int[] widths, long chain) {
  /** Tells these streams from those of other engines with the same seed. */
  private static final long PURPOSE = 0x636861696e730000L;

  /** What deviates are for; each has streams of its own. */
  enum Kernel {
    START,
    TRAJECTORY,
    SWEEP,
    PILOT
  }

  /**
   * The deviates of one kernel at one step.
   *
   * @param step counted over the whole life of the chain
   */
  RandomStream of(Kernel kernel, long step) {
    return new RandomStream(seed, chain, Arrays.hashCode(widths), step, PURPOSE + kernel.ordinal());
  }

  /** The same of another chain. */
  ChainRandom chain(long other) {
    return new ChainRandom(seed, widths, other);
  }
}
