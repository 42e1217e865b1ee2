package finitewidth.prior;

import finitewidth.linalg.Summable;
import java.io.Serializable;

/**
 * The derivatives of a number in what fixes the kernels of rows with a set of N samples and with
 * themselves, added up over rows, see {@link CrossFlow#gradient}.
 *
 * @param biasVariance in C_b of layers 0 … H
 * @param weightVariance in C_W of layers 0 … H
 * @param samples in the samples' own kernels K^l_zz, by hidden layer and sample, H × N
 * @param features Σ_xz g¹_xz x_k z_k + Σ_x g¹_xx x_k² by feature, with g¹ the derivatives in the
 *     kernel of the first layer; empty where not wanted
 */
public record CrossGradient(
    double[] biasVariance, double[] weightVariance, double[][] samples, double[] features)
    implements Summable<CrossGradient>, Serializable {

  /** Adds the other to this. */
  @Override
  public CrossGradient add(CrossGradient other) {
    add(biasVariance, other.biasVariance);
    add(weightVariance, other.weightVariance);
    for (int h = 0; h < samples.length; h++) {
      add(samples[h], other.samples[h]);
    }
    add(features, other.features);
    return this;
  }

  private static void add(double[] to, double[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += what[i];
    }
  }
}
