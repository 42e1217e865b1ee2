package finitewidth.job.score;

import finitewidth.data.scale.TargetScaler;
import finitewidth.posterior.Components;
import finitewidth.posterior.ObservedValue;
import finitewidth.posterior.Predictive;

/**
 * Targets of test rows, in their own units, under predictions in preprocessed ones.
 *
 * @param noise variance in preprocessed units
 */
public record ObservedTarget(TargetScaler scaler, double noise) {

  /**
   * −log p of one output's target, noise included, in nats: of the mixture where the prediction is
   * one, otherwise of the Gaussian with its mean and variance; NaN where that variance is negative.
   */
  double negativeLogDensity(Predictive predictive, int output, double target) {
    Components components = predictive.components();
    return components == null
        ? ObservedValue.negativeLogDensity(
            target,
            scaler.value(output, predictive.mean()[output]),
            scaler.variance(output, predictive.variance()[output] + noise))
        : components.negativeLogDensity(output, scaler.preprocessed(output, target), noise)
            + Math.log(scaler.deviation(output));
  }

  /** The sum over outputs. */
  public double negativeLogDensity(Predictive predictive, double[] targets) {
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      sum += negativeLogDensity(predictive, i, targets[i]);
    }
    return sum;
  }
}
