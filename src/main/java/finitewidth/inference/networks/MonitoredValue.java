package finitewidth.inference.networks;

/**
 * What chains know of one monitored number, such as the conditional mean of a row.
 *
 * @param mean of all draws of all chains
 * @param variance of all draws about it: of the posterior, by what was drawn
 * @param rhat split R-hat
 * @param effectiveDraws by batch means: variance over the squared standard error
 * @param standardError of the mean, by batch means
 * @param betweenChains the same by the chains' means alone
 */
record MonitoredValue(
    double mean,
    double variance,
    double rhat,
    double effectiveDraws,
    double standardError,
    BetweenChains betweenChains) {

  /** The standard error in posterior deviations; 0 where nothing varies. */
  double relativeError() {
    return variance == 0 ? 0 : standardError / Math.sqrt(variance);
  }
}
