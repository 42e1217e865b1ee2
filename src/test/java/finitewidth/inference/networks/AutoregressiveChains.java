package finitewidth.inference.networks;

import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Stationary Gaussian chains x' = ρ x + √(1 − ρ²) ε, of mean 0 and variance 1, whose sum of
 * autocorrelations is (1 + ρ)/(1 − ρ).
 */
final class AutoregressiveChains {
  private final ContinuousSampler normals;
  private final double rho;

  AutoregressiveChains(double rho, long seed) {
    this.rho = rho;
    normals =
        ZigguratSampler.NormalizedGaussian.of(
            RandomSource.PHILOX_4X64.create(new long[] {seed, 0, 0, 0, 0, 0}));
  }

  double[][] draw(int chains, int draws) {
    double[][] all = new double[chains][draws];
    for (double[] chain : all) {
      chain[0] = normals.sample();
      for (int i = 1; i < draws; i++) {
        chain[i] = rho * chain[i - 1] + Math.sqrt(1 - rho * rho) * normals.sample();
      }
    }
    return all;
  }

  /** The sum of all autocorrelations. */
  double time() {
    return (1 + rho) / (1 - rho);
  }

  /** Variance of the mean of one chain: (1 + 2 Σ (1 − k/n) ρᵏ)/n. */
  double varianceOfMean(int draws) {
    double sum = 1;
    double power = 1;
    for (int k = 1; k < draws; k++) {
      power *= rho;
      sum += 2 * power * (draws - k) / draws;
    }
    return sum / draws;
  }
}
