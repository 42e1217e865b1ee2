package finitewidth.report.fit;

/**
 * A test row and what is predicted of its latent function, by output, in the targets' units.
 *
 * @param observed targets; for a class its code; empty where there are none
 * @param label index of the class; −1 for none, or one that no training row has
 * @param deltaMean empty where the row was left at order 0
 * @param deltaVariance empty where that is not known
 * @param within whether first order is to be trusted here
 */
public record RowResult(
    String id,
    double[] observed,
    int label,
    double[] nngpMean,
    double[] nngpVariance,
    double[] deltaMean,
    double[] deltaVariance,
    boolean within) {

  boolean isCorrected() {
    return deltaMean.length > 0;
  }

  /** The mean to the order that is known. */
  public double mean(int i) {
    return nngpMean[i] + (isCorrected() ? deltaMean[i] : 0);
  }

  /** The variance of that order; NaN where it is not known. */
  double variance(int i) {
    if (!isCorrected()) {
      return nngpVariance[i];
    }
    return deltaVariance.length > 0 ? nngpVariance[i] + deltaVariance[i] : Double.NaN;
  }
}
