package finitewidth.inference.ensemble;

import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Standard normal deviates of one batch of networks, from the counter-based generator Philox 4×64
 * (Salmon, Moraes, Dror, Shaw 2011): key (seed, widths), counter (·, ·, batch, purpose). Whoever
 * needs a batch makes it anew, with the same bits.
 */
final class Normals {
  /** Tells these streams from those of the sampled contraction with the same seed. */
  private static final long PURPOSE = 0x656e73656d626c65L;

  private final ContinuousSampler sampler;

  Normals(long seed, long widths, long batch) {
    sampler =
        ZigguratSampler.NormalizedGaussian.of(
            RandomSource.PHILOX_4X64.create(new long[] {seed, widths, 0, 0, batch, PURPOSE}));
  }

  void fill(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = sampler.sample();
    }
  }
}
