package finitewidth.inference.networks;

/**
 * By how much a number has risen from the first half of a stretch of chains to the second, each
 * chain a sample of its own: L rises for as long as chains have not found where the posterior is.
 *
 * @param mean over chains
 * @param error its standard error, between chains
 */
record Rise(double mean, double error) {

  /**
   * @param chains [chain][step], two chains or more, of the same length
   */
  static Rise of(double[][] chains) {
    double[] rises = new double[chains.length];
    for (int c = 0; c < rises.length; c++) {
      int half = chains[c].length / 2;
      rises[c] =
          Spread.of(chains[c], half, chains[c].length).mean()
              - Spread.of(chains[c], 0, half).mean();
    }
    Spread spread = Spread.of(rises);
    return new Rise(spread.mean(), spread.deviation() / Math.sqrt(rises.length));
  }

  /**
   * Whether it is more than one standard error: chains that only waver are taken for rising one
   * time in six, which costs them a stretch.
   */
  boolean isSeen() {
    return mean > error;
  }
}
