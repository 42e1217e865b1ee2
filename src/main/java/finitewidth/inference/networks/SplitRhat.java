package finitewidth.inference.networks;

import java.util.Arrays;

/**
 * Split R-hat: the root of the variance of all draws over the average variance within half chains,
 * √((n − 1)/n + B/W), with n draws in a half, W the average of the halves' variances and B the
 * variance of their means. It is near 1 where chains are where the others are, and stay there
 * (Gelman, Carlin, Stern, Dunson, Vehtari, Rubin, Bayesian Data Analysis, 2013, section 11.4).
 */
final class SplitRhat {
  /** In a chain, that halves may have a variance. */
  static final int FEWEST_DRAWS = 4;

  private SplitRhat() {}

  /**
   * R-hat of one number.
   *
   * @param chains [chain][draw], all of the same length; the middle one of an odd number of draws
   *     is left out
   * @return 1 where nothing varies, infinite where only chains differ
   * @throws IllegalArgumentException where there are fewer than four draws, or lengths differ
   */
  static double of(double[][] chains) {
    double[][] halves = halves(chains);
    double[] means = new double[halves.length];
    double[] variances = new double[halves.length];
    for (int h = 0; h < halves.length; h++) {
      Spread spread = Spread.of(halves[h]);
      means[h] = spread.mean();
      variances[h] = spread.variance();
    }
    return ofHalves(means, variances, halves[0].length);
  }

  /**
   * R-hat from half chains' moments.
   *
   * @param draws in each of the halves
   */
  static double ofHalves(double[] means, double[] variances, long draws) {
    double between = Spread.of(means).variance();
    double within = Arrays.stream(variances).sum() / variances.length;
    if (between == 0 && within == 0) {
      return 1;
    }
    return Math.sqrt((draws - 1.0) / draws + between / within);
  }

  /** Twice as many chains, of half the length. */
  static double[][] halves(double[][] chains) {
    int draws = chains[0].length;
    if (draws < FEWEST_DRAWS) {
      throw new IllegalArgumentException(
          "a chain has " + draws + " draws, and halves need " + FEWEST_DRAWS);
    }
    double[][] halves = new double[2 * chains.length][];
    for (int c = 0; c < chains.length; c++) {
      if (chains[c].length != draws) {
        throw new IllegalArgumentException(
            "chain " + c + " has " + chains[c].length + " draws, the first " + draws);
      }
      halves[2 * c] = Arrays.copyOfRange(chains[c], 0, draws / 2);
      halves[2 * c + 1] = Arrays.copyOfRange(chains[c], draws - draws / 2, draws);
    }
    return halves;
  }
}
