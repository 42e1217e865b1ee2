package finitewidth.posterior;

import org.hipparchus.distribution.continuous.NormalDistribution;

/** An observed value under a Gaussian of some mean and variance, noise included. */
public final class ObservedValue {
  private static final NormalDistribution NORMAL = new NormalDistribution();

  private ObservedValue() {}

  /** −log p(y) = ½ log 2πv + ½ (y − μ)²/v, in nats; NaN where the variance is negative. */
  public static double negativeLogDensity(double value, double mean, double variance) {
    double error = value - mean;
    return 0.5 * (Math.log(2 * Math.PI * variance) + error * error / variance);
  }

  /** Φ((y − μ)/√v), the probability of a smaller value; NaN where the variance is negative. */
  public static double cumulativeProbability(double value, double mean, double variance) {
    return NORMAL.cumulativeProbability((value - mean) / Math.sqrt(variance));
  }
}
