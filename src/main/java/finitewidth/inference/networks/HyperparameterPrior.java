package finitewidth.inference.networks;

import finitewidth.inference.work.Fingerprint;
import java.io.Serializable;

/**
 * What chains that sample hyperparameters think of them before they see data: logarithms are
 * independent Gaussians about those of the given noise and variances, so that these are medians.
 *
 * @param noise deviation of log(s² − least noise)
 * @param variances deviation of log C_b and of log C_W; 0 where these are as they were given
 * @param features deviation of the logarithms of scales of features, before they are divided by
 *     their mean; 0 where features have no scales
 * @param floor least noise over the variance of the targets, not negative
 */
public record HyperparameterPrior(double noise, double variances, double features, double floor)
    implements Serializable {
  /** Noise is known worst: a factor of 50 either way is two deviations. */
  private static final double NOISE = 2;

  /** A factor of 7 either way is two deviations. */
  private static final double VARIANCES = 1;

  private static final double FEATURES = 1;

  /** Chains get slow as noise gets small. */
  public static final double FLOOR = 1e-4;

  /**
   * Sees that deviations are some.
   *
   * @throws IllegalArgumentException naming what cannot be
   */
  public HyperparameterPrior {
    if (!(noise > 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("deviation " + noise + " of log noise; it is positive");
    }
    notNegative(variances, "log variances");
    notNegative(features, "log scales of features");
    if (!(floor >= 0 && floor < 1)) {
      throw new IllegalArgumentException("noise floor " + floor + "; it is from 0 to below 1");
    }
  }

  private static void notNegative(double deviation, String of) {
    if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "deviation " + deviation + " of " + of + "; it is 0 or positive");
    }
  }

  /**
   * Wide priors: two deviations are a factor of 50 on the noise, and of 7 on variances and scales.
   *
   * @param perFeature whether features have scales
   */
  public static HyperparameterPrior weak(boolean perFeature) {
    return new HyperparameterPrior(NOISE, VARIANCES, perFeature ? FEATURES : 0, FLOOR);
  }

  /** The same with another floor. */
  public HyperparameterPrior floor(double other) {
    return new HyperparameterPrior(noise, variances, features, other);
  }

  void addTo(Fingerprint.Builder all) {
    all.add(noise).add(variances).add(features).add(floor);
  }

  /** Whether features have scales. */
  public boolean perFeature() {
    return features > 0;
  }
}
