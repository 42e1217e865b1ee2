package finitewidth.inference.networks;

/**
 * Means of a number over the first and over the second half of all chains: they differ where chains
 * are still on their way.
 *
 * @param first mean of the first halves
 * @param second mean of the second halves
 * @param error standard error of the difference, by the effective draws of both
 */
record Halves(double first, double second, double error) {

  /**
   * @param chains [chain][draw], of the same length, of eight draws or more
   */
  static Halves of(double[][] chains) {
    double[][] halves = SplitRhat.halves(chains);
    double[][][] parts = new double[2][chains.length][];
    for (int h = 0; h < halves.length; h++) {
      parts[h % 2][h / 2] = halves[h];
    }
    double[] means = new double[2];
    double error = 0;
    for (int p = 0; p < 2; p++) {
      for (double[] part : parts[p]) {
        means[p] += Spread.of(part).mean() / chains.length;
      }
      error = Math.hypot(error, EffectiveDraws.standardError(parts[p]));
    }
    return new Halves(means[0], means[1], error);
  }

  /** How many standard errors they are apart; 0 where they are the same. */
  double errorsApart() {
    double apart = Math.abs(second - first);
    return apart == 0 ? 0 : apart / error;
  }
}
