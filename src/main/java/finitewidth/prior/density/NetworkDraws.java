package finitewidth.prior.density;

import finitewidth.gaussian.Activation;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Draws one output of random networks at one input, any activation.
 *
 * <p>Given the layer below, a layer's n preactivations are independent N(0, v), v = C_b + (C_W/n)
 * Σ_j σ(z_j)² of the layer below, which is what random weights and biases would give: Σ_l n_l
 * deviates a network. The deviates of a batch are those of the counter-based generator Philox 4×64
 * (Salmon, Moraes, Dror, Shaw 2011) with key (seed, input) and counter (·, ·, batch, purpose).
 */
public final class NetworkDraws {
  /** Tells these streams from all others of the same seed. */
  private static final long PURPOSE = 0x64656e73697479L;

  private final Architecture architecture;
  private final int[] widths;

  /**
   * @param widths whole numbers
   */
  public NetworkDraws(Architecture architecture, Widths widths) {
    this.architecture = architecture;
    this.widths = new int[widths.hiddenLayers()];
    for (int h = 0; h < this.widths.length; h++) {
      this.widths[h] = (int) widths.width(h);
    }
  }

  /**
   * Draws a batch of networks.
   *
   * @param inputVariance K of the first layer, not negative
   * @param input its number
   */
  public Histogram draw(
      DensityGrid grid, double inputVariance, long seed, long input, long batch, long draws) {
    ContinuousSampler normal =
        ZigguratSampler.NormalizedGaussian.of(
            RandomSource.PHILOX_4X64.create(new long[] {seed, input, 0, 0, batch, PURPOSE}));
    long[] bins = new long[DensityGrid.BINS];
    long zeros = 0;
    for (long draw = 0; draw < draws; draw++) {
      double output = Math.sqrt(variance(inputVariance, normal)) * normal.sample();
      int bin = grid.bin(output);
      if (output == 0) {
        zeros++;
      } else if (bin >= 0 && bin < bins.length) {
        bins[bin]++;
      }
    }
    return new Histogram(bins, zeros, draws);
  }

  /** Of the output given one draw of the hidden layers. */
  private double variance(double inputVariance, ContinuousSampler normal) {
    Activation activation = architecture.activation();
    double variance = inputVariance;
    for (int h = 0; h < widths.length; h++) {
      double deviation = Math.sqrt(variance);
      double sum = 0;
      for (int j = 0; j < widths[h]; j++) {
        double value = activation.value(deviation * normal.sample());
        sum += value * value;
      }
      variance =
          architecture.biasVariance(h + 1) + architecture.weightVariance(h + 1) / widths[h] * sum;
    }
    return variance;
  }
}
