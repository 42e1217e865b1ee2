package finitewidth.inference.networks;

/**
 * What the means of chains say of their average without a word on what is within a chain: so it
 * stays honest where chains do not mix, and each knows a part of the posterior only.
 *
 * @param mean of all chains
 * @param error deviation of the chains' means over √C
 */
record BetweenChains(double mean, double error) {

  /**
   * @param chainMeans one for each chain, two or more
   */
  static BetweenChains of(double[] chainMeans) {
    if (chainMeans.length < 2) {
      throw new IllegalArgumentException("one chain has no scatter between chains");
    }
    Spread spread = Spread.of(chainMeans);
    return new BetweenChains(spread.mean(), Math.sqrt(spread.variance() / chainMeans.length));
  }
}
