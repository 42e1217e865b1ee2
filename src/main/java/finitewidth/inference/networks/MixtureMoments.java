package finitewidth.inference.networks;

/**
 * Mean and variance of a mixture of Gaussians, one for each kept state, and their standard errors
 * by the scatter between chains: it stays honest where chains sit in different modes.
 *
 * @param mean of the mixture
 * @param variance of the mixture
 * @param meanError of the mean
 * @param varianceError of the variance
 */
record MixtureMoments(double mean, double variance, double meanError, double varianceError) {

  /**
   * Of one output at one row.
   *
   * @param means of the states, those of the first chain first
   * @param variances likewise
   * @param chains of equally many states, at least 2
   */
  static MixtureMoments of(double[] means, double[] variances, int chains) {
    double mean = Spread.of(means).mean();
    int each = means.length / chains;
    double[] chainMeans = new double[chains];
    double[] chainSquares = new double[chains];
    for (int k = 0; k < means.length; k++) {
      double distance = means[k] - mean;
      chainMeans[k / each] += means[k] / each;
      // About the mean of all, so that its own error enters in second order only.
      chainSquares[k / each] += (variances[k] + distance * distance) / each;
    }
    BetweenChains squares = BetweenChains.of(chainSquares);
    return new MixtureMoments(
        mean, squares.mean(), BetweenChains.of(chainMeans).error(), squares.error());
  }
}
