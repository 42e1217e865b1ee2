package finitewidth.inference.networks;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * What the means of chains say of their average without a word on what is within a chain: so it
 * stays honest where chains do not mix, and each knows a part of the posterior only.
 *
 * @param mean of all chains
 * @param error deviation of the chains' means over √C
 * @param freedom C − 1, the degrees of freedom of Student's t
 */
record BetweenChains(double mean, double error, int freedom) {

  /**
   * @param chainMeans one for each chain, two or more
   */
  static BetweenChains of(double[] chainMeans) {
    if (chainMeans.length < 2) {
      throw new IllegalArgumentException("one chain has no scatter between chains");
    }
    Spread spread = Spread.of(chainMeans);
    return new BetweenChains(
        spread.mean(), Math.sqrt(spread.variance() / chainMeans.length), chainMeans.length - 1);
  }

  /**
   * Half of the interval about the mean that has this probability, by Student's t.
   *
   * @param probability such as 0.95
   */
  double halfWidth(double probability) {
    return error * new TDistribution(freedom).inverseCumulativeProbability(0.5 + 0.5 * probability);
  }
}
