package finitewidth.inference.networks;

/**
 * How many independent draws would know the mean as well as those of chains do: all draws over τ,
 * the sum of autocorrelations over all lags of both signs. Autocorrelations are those of half
 * chains about their own means, to which the variance of these means is added, so chains that
 * disagree have few effective draws. The sum ends where two neighbouring lags, 2k and 2k + 1, no
 * longer have a positive sum, and these sums are not let grow (Geyer, Practical Markov Chain Monte
 * Carlo, 1992; Vehtari, Gelman, Simpson, Carpenter, Bürkner, Rank-normalization, folding, and
 * localization, 2021, sections 3 and 4).
 */
final class EffectiveDraws {
  private final double[][] halves;
  private final double[] means;

  /** Average variance of half chains, over n − 1. */
  private final double within;

  /** Of all draws, by the variance within and between. */
  private final double total;

  private EffectiveDraws(double[][] halves) {
    this.halves = halves;
    means = new double[halves.length];
    double sum = 0;
    for (int h = 0; h < halves.length; h++) {
      Spread spread = Spread.of(halves[h]);
      means[h] = spread.mean();
      sum += spread.variance();
    }
    within = sum / halves.length;
    int draws = halves[0].length;
    total = within * (draws - 1) / draws + Spread.of(means).variance();
  }

  /**
   * Effective draws of the mean of one number; all draws where nothing varies, not a number where a
   * draw is none.
   *
   * @param chains [chain][draw], all of the same length
   * @throws IllegalArgumentException where there are fewer than four draws, or lengths differ
   */
  static double of(double[][] chains) {
    return new EffectiveDraws(SplitRhat.halves(chains)).count();
  }

  /** Monte Carlo standard error of the mean of all draws: their deviation over √(effective). */
  static double standardError(double[][] chains) {
    double[] all = new double[chains.length * chains[0].length];
    for (int c = 0; c < chains.length; c++) {
      System.arraycopy(chains[c], 0, all, c * chains[0].length, chains[0].length);
    }
    return Spread.of(all).deviation() / Math.sqrt(of(chains));
  }

  /**
   * The most that is believed of so many draws: those of chains that swing about their mean know it
   * better than independent ones would.
   */
  static double most(double draws) {
    return draws * Math.log10(draws);
  }

  private double count() {
    int draws = halves[0].length;
    double all = (double) halves.length * draws;
    if (total == 0) {
      return all;
    }
    return Double.isNaN(total) ? Double.NaN : Math.min(all / time(draws), most(all));
  }

  /** τ = −1 + 2 Σ of pairs, and the even lag after the last pair where that is positive. */
  private double time(int draws) {
    double sum = 0;
    double even = 1;
    double pair = even + autocorrelation(1);
    double least = pair;
    int lag = 0;
    // The last lags are averages of one or two products, and are not looked at.
    while (pair > 0 && lag < draws - 4) {
      least = Math.min(least, pair);
      sum += least;
      lag += 2;
      even = autocorrelation(lag);
      pair = even + autocorrelation(lag + 1);
    }
    double time = -1 + 2 * sum + Math.max(0, even);
    return time > 0 ? time : 0;
  }

  private double autocorrelation(int lag) {
    double sum = 0;
    for (int h = 0; h < halves.length; h++) {
      double[] half = halves[h];
      double mean = means[h];
      double products = 0;
      for (int i = lag; i < half.length; i++) {
        products += (half[i] - mean) * (half[i - lag] - mean);
      }
      sum += products / half.length;
    }
    return 1 - (within - sum / halves.length) / total;
  }
}
