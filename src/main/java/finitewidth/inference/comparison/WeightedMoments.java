package finitewidth.inference.comparison;

/**
 * Means, variances and log evidence of some posterior at the test rows, in preprocessed units, with
 * standard errors where there are any.
 *
 * @param mean [test point][output]
 * @param variance [test point][output], of the latent function
 */
public record WeightedMoments(
    double[][] mean,
    double[][] variance,
    double logEvidence,
    double[][] meanError,
    double[][] varianceError,
    double logEvidenceError) {

  /** A posterior that is known without sampling error. */
  public static WeightedMoments exact(double[][] mean, double[][] variance, double logEvidence) {
    return new WeightedMoments(
        mean,
        variance,
        logEvidence,
        new double[mean.length][mean[0].length],
        new double[mean.length][mean[0].length],
        0);
  }
}
