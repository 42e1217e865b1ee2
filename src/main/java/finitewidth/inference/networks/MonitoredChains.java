package finitewidth.inference.networks;

import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * Diagnostics of many numbers from the batch means of all chains. R-hat is that of {@link
 * SplitRhat} for the draws in full batches (an odd one in the middle is left out). The standard
 * error is that of batch means about the mean of all chains: (length · their variance)/(all draws),
 * squared. It sees autocorrelation up to the length of a batch, and the scatter of chains as that
 * of batches; where chains stay apart, {@link BetweenChains} is the honest one.
 */
final class MonitoredChains {
  private final List<BatchMeans> chains;
  private final int full;
  private final double draws;

  /**
   * @param chains in the order of chains, two or more, of the same number of draws
   * @throws IllegalArgumentException where draws differ or are fewer than four
   */
  MonitoredChains(List<BatchMeans> chains) {
    this.chains = List.copyOf(chains);
    BatchMeans first = chains.get(0);
    for (BatchMeans chain : chains) {
      if (chain.draws() != first.draws() || chain.values() != first.values()) {
        throw new IllegalArgumentException(
            "chains of " + first.draws() + " and of " + chain.draws() + " draws are not compared");
      }
    }
    full = first.full();
    if (full < SplitRhat.FEWEST_DRAWS) {
      throw new IllegalArgumentException(
          first.draws() + " draws, and diagnostics need " + SplitRhat.FEWEST_DRAWS);
    }
    draws = (double) first.draws() * chains.size();
  }

  int values() {
    return chains.get(0).values();
  }

  /** What is known of one of the numbers. */
  MonitoredValue value(int value) {
    double[] means = new double[chains.size()];
    for (int c = 0; c < means.length; c++) {
      means[c] = chains.get(c).mean(value);
    }
    BetweenChains between = BetweenChains.of(means);
    double squares = 0;
    for (BatchMeans chain : chains) {
      squares += chain.squaresAbout(between.mean(), value);
    }
    double variance = squares / (draws - 1);
    double error = error((chain, batch) -> chain.mean(batch, value));
    double effective =
        variance == 0 ? draws : Math.min(variance / (error * error), EffectiveDraws.most(draws));
    return new MonitoredValue(between.mean(), variance, rhat(value), effective, error, between);
  }

  /**
   * Standard error of a mean_i + b mean_j, for functions of means by their derivatives: that of the
   * variance ⟨q⟩ − ⟨f⟩², with q and f monitored, is that of ⟨q⟩ − 2 mean(f) ⟨f⟩.
   */
  double errorOfSum(double a, int i, double b, int j) {
    return error((chain, batch) -> a * chain.mean(batch, i) + b * chain.mean(batch, j));
  }

  /** The same by the chains' means alone. */
  BetweenChains betweenOfSum(double a, int i, double b, int j) {
    return BetweenChains.of(
        chains.stream().mapToDouble(chain -> a * chain.mean(i) + b * chain.mean(j)).toArray());
  }

  private double error(ToDoubleBiFunction<BatchMeans, Integer> mean) {
    double[] batches = new double[chains.size() * full];
    for (int c = 0; c < chains.size(); c++) {
      for (int b = 0; b < full; b++) {
        batches[c * full + b] = mean.applyAsDouble(chains.get(c), b);
      }
    }
    return Math.sqrt(chains.get(0).length() * Spread.of(batches).variance() / draws);
  }

  private double rhat(int value) {
    int half = full / 2;
    double[] means = new double[2 * chains.size()];
    double[] variances = new double[means.length];
    long count = half * chains.get(0).length();
    for (int h = 0; h < means.length; h++) {
      BatchMeans chain = chains.get(h / 2);
      int from = h % 2 == 0 ? 0 : full - half;
      double[] batches = new double[half];
      double squares = 0;
      for (int b = 0; b < half; b++) {
        batches[b] = chain.mean(from + b, value);
        squares += chain.squares(from + b, value);
      }
      Spread spread = Spread.of(batches);
      means[h] = spread.mean();
      double between = half > 1 ? spread.variance() * (half - 1) * chain.length() : 0;
      variances[h] = (squares + between) / (count - 1);
    }
    return SplitRhat.ofHalves(means, variances, count);
  }
}
