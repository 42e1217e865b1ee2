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
    VARIANCES,
    OUTPUT
  }

  /**
   * The deviates of one kernel.
   *
   * @param step counted within the phase
   * @param turn counted within the step, where a kernel is used more than once
   */
  RandomStream of(Phase phase, Kernel kernel, int step, int turn) {
    long use = PURPOSE + phase.ordinal() * 16L + kernel.ordinal();
    return new RandomStream(
        seed, chain, Arrays.hashCode(widths), ((long) turn << Integer.SIZE) + step, use);
  }
}
