package finitewidth.inference.networks;

import finitewidth.inference.SampledHyperparameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is told of hyperparameters that chains of one network have sampled. */
final class SampledValues {
  private static final double LOWER = 0.05;

  private SampledValues() {}

  /** One of them by name. */
  record Named(String name, MonitoredValue value) {}

  /** For reports; none where they were not sampled. */
  static List<SampledHyperparameter> of(
      List<Named> found, HyperparameterSpace space, KeptNetworks kept) {
    double[][] values = new double[found.size()][kept.states()];
    double[] all = new double[found.size()];
    for (int k = 0; k < kept.states(); k++) {
      space.values(kept.hyperparameters(k).orElseThrow(), all, 0);
      for (int h = 0; h < all.length; h++) {
        values[h][k] = all[h];
      }
    }
    List<SampledHyperparameter> told = new ArrayList<>();
    for (int h = 0; h < all.length; h++) {
      MonitoredValue value = found.get(h).value();
      Arrays.sort(values[h]);
      told.add(
          new SampledHyperparameter(
              found.get(h).name(),
              space.feature(h),
              value.mean(),
              Math.sqrt(value.variance()),
              quantile(values[h], LOWER),
              quantile(values[h], 1 - LOWER),
              value.rhat(),
              value.effectiveDraws()));
    }
    return told;
  }

  /** Linear between order statistics, the first at 0 and the last at 1. */
  private static double quantile(double[] sorted, double p) {
    double at = p * (sorted.length - 1);
    int below = (int) Math.min(Math.floor(at), sorted.length - 2);
    return sorted.length == 1
        ? sorted[0]
        : sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
  }
}
