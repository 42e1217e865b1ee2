package finitewidth.inference.work;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A stream of deviates of the counter-based generator Philox 4×64 (Salmon, Moraes, Dror, Shaw
 * 2011), whose key and counter say what it is for. Whoever needs it makes it anew, with the same
 * bits, so no generator is ever sent or kept.
 */
public final class RandomStream {
  private final UniformRandomProvider uniform;
  private final ContinuousSampler normal;

  /**
   * The stream with key (seed, key) and counter (·, within, number, purpose).
   *
   * @param seed of the user
   * @param key of what is drawn
   * @param within tells streams of one number apart
   * @param number of a batch, or of a step
   * @param purpose tells all streams of one use from those of others
   */
  public RandomStream(long seed, long key, long within, long number, long purpose) {
    uniform = RandomSource.PHILOX_4X64.create(new long[] {seed, key, 0, within, number, purpose});
    normal = ZigguratSampler.NormalizedGaussian.of(uniform);
  }

  /** The next standard normal deviate. */
  public double normal() {
    return normal.sample();
  }

  /** The next deviate that is uniform in [0, 1). */
  public double uniform() {
    return uniform.nextDouble();
  }

  /**
   * The next deviate of a Gamma variable of scale 1.
   *
   * @param shape positive
   */
  public double gamma(double shape) {
    return AhrensDieterMarsagliaTsangGammaSampler.of(uniform, shape, 1).sample();
  }

  /** Fills an array with standard normal deviates. */
  public void fill(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = normal.sample();
    }
  }
}
