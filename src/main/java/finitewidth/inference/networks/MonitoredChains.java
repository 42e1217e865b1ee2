package finitewidth.inference.networks;

import java.util.List;

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
    double error = error(value);
    double effective =
        variance == 0 ? draws : Math.min(variance / (error * error), EffectiveDraws.most(draws));
    return new MonitoredValue(between.mean(), variance, rhat(value), effective, error, between);
  }

  private double error(int value) {
    double[] batches = new double[chains.size() * full];
    for (int c = 0; c < chains.size(); c++) {
      for (int b = 0; b < full; b++) {
        batches[c * full + b] = chains.get(c).mean(b, value);
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
