package finitewidth.inference.comparison;

import java.util.Arrays;
import java.util.stream.Stream;

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

  /** Whether all of it is known, errors too. */
  public boolean isFinite() {
    return Double.isFinite(logEvidence)
        && Double.isFinite(logEvidenceError)
        && Stream.of(mean, variance, meanError, varianceError)
            .flatMap(Arrays::stream)
            .flatMapToDouble(Arrays::stream)
            .allMatch(Double::isFinite);
  }

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
