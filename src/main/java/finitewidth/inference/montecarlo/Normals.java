package finitewidth.inference.montecarlo;

import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Standard normal deviates of one batch of one source layer, from the counter-based generator
 * Philox 4×64 (Salmon, Moraes, Dror, Shaw 2011): key (seed, layer), counter (·, ·, batch, purpose).
 * Whoever needs a batch makes it anew, with the same bits.
 */
final class Normals {
  /** What deviates are for; each has a stream of its own. */
  enum Purpose {
    FIELDS,
    INNOVATIONS,
    TEST_VECTORS
  }

  private final ContinuousSampler sampler;

  Normals(long seed, int source, long batch, Purpose purpose) {
    sampler =
        ZigguratSampler.NormalizedGaussian.of(
            RandomSource.PHILOX_4X64.create(
                new long[] {seed, source, 0, 0, batch, purpose.ordinal()}));
  }

  void fill(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = sampler.sample();
    }
  }
}
