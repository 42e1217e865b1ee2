package finitewidth.inference.scale;

import finitewidth.posterior.Components;
import finitewidth.posterior.Predictive;
import org.jspecify.annotations.Nullable;

/**
 * The Gaussians of a row, one for each state of the scale.
 *
 * @param means [output][state]
 * @param variances [output][state]
 * @param weights [state]
 * @param mean [output] of the mixture
 * @param variance [output] likewise
 * @param meanErrors [output] standard errors of the mean; 0 where states are no draws
 * @param varianceErrors [output] likewise
 */
public record ScaleMixture(
    double[][] means,
    double[][] variances,
    double[] weights,
    double[] mean,
    double[] variance,
    double[] meanErrors,
    double[] varianceErrors) {

  /**
   * With errors from independent groups of states.
   *
   * @param groups of as many states, one after another; 1 where states are no draws
   */
  public static ScaleMixture of(
      double[][] means, double[][] variances, double[] weights, int groups) {
    int outputs = means.length;
    double[][] sums = new double[4][outputs];
    for (int i = 0; i < outputs; i++) {
      double mean = 0;
      for (int k = 0; k < weights.length; k++) {
        mean += weights[k] * means[i][k];
      }
      double[] groupMeans = new double[groups];
      double[] groupVariances = new double[groups];
      int each = weights.length / groups;
      for (int k = 0; k < weights.length; k++) {
        double off = means[i][k] - mean;
        groupMeans[k / each] += groups * weights[k] * off;
        groupVariances[k / each] += groups * weights[k] * (variances[i][k] + off * off);
      }
      sums[0][i] = mean;
      for (double group : groupVariances) {
        sums[1][i] += group / groups;
      }
      sums[2][i] = error(groupMeans, 0);
      sums[3][i] = error(groupVariances, sums[1][i]);
    }
    return new ScaleMixture(means, variances, weights, sums[0], sums[1], sums[2], sums[3]);
  }

  /** That of a row by the nodes of a scale that all outputs share. */
  public static ScaleMixture of(ScaleTable table, double[] weights, Whitened.Row row) {
    double[][] gaussians = table.row(row);
    int outputs = table.at().outputs();
    double[][] means = new double[outputs][weights.length];
    double[][] variances = new double[outputs][weights.length];
    for (int k = 0; k < weights.length; k++) {
      for (int i = 0; i < outputs; i++) {
        means[i][k] = gaussians[k][i];
        variances[i][k] = gaussians[k][outputs];
      }
    }
    return of(means, variances, weights, 1);
  }

  /**
   * The prediction that it is.
   *
   * @param nngpMean at infinite width
   * @param nngpVariance at infinite width
   * @param trusted whether it is to be believed, rounding aside
   */
  Predictive predictive(double[] nngpMean, double nngpVariance, boolean trusted) {
    int outputs = mean.length;
    double[] shifts = new double[outputs];
    double[] changes = new double[outputs];
    double[] factors = new double[outputs];
    boolean positive = true;
    for (int i = 0; i < outputs; i++) {
      shifts[i] = mean[i] - nngpMean[i];
      changes[i] = variance[i] - nngpVariance;
      factors[i] = 1;
      positive &= variance[i] > 0;
    }
    return new Predictive(
        nngpMean,
        nngpVariance,
        shifts,
        changes,
        meanErrors,
        varianceErrors,
        trusted && positive,
        moved(mean, factors));
  }

  private static double error(double[] groups, double mean) {
    if (groups.length == 1) {
      return 0;
    }
    double square = 0;
    for (double group : groups) {
      square += (group - mean) * (group - mean);
    }
    return Math.sqrt(square / groups.length / (groups.length - 1));
  }

  /**
   * The same with other means, and the variances times factors; null where there is none.
   *
   * @param toMeans [output]
   * @param factors [output]
   */
  public @Nullable Components moved(double[] toMeans, double[] factors) {
    double[][] moved = new double[means.length][weights.length];
    double[][] stretched = new double[means.length][weights.length];
    for (int i = 0; i < means.length; i++) {
      double stretch = Math.sqrt(factors[i]);
      for (int k = 0; k < weights.length; k++) {
        moved[i][k] = toMeans[i] + stretch * (means[i][k] - mean[i]);
        stretched[i][k] = factors[i] * variances[i][k];
        // Written so that NaN is none too: a variance that rounding has left below zero.
        if (!(stretched[i][k] >= 0)) {
          return null;
        }
      }
    }
    return Components.weighted(moved, stretched, weights);
  }
}
