package finitewidth.inference.renormalised;

import finitewidth.inference.scale.Scale;

/**
 * The posterior of the matrix Q that scales the kernel of m outputs, by states of {@link
 * MatrixSampler}, all of the same weight. Those of a group stand one after another, and groups are
 * independent.
 *
 * @param groups how many
 * @param logs [state][j] log q_j
 * @param axes [state] O, the axes of Q one a column, [row · m + j]
 */
record MatrixScale(
    int groups,
    double[][] logs,
    double[][] axes,
    double logEvidence,
    double logEvidenceError,
    double meanLog,
    double deviationLog)
    implements Scale {

  static MatrixScale of(
      int groups, double[][] logs, double[][] axes, double logEvidence, double logEvidenceError) {
    double mean = 0;
    double square = 0;
    for (double[] each : logs) {
      double log = mean(each);
      mean += log / logs.length;
      square += log * log / logs.length;
    }
    double deviation = Math.sqrt(Math.max(0, square - mean * mean));
    return new MatrixScale(groups, logs, axes, logEvidence, logEvidenceError, mean, deviation);
  }

  private static double mean(double[] logs) {
    double sum = 0;
    for (double log : logs) {
      sum += log;
    }
    return sum / logs.length;
  }

  /** How many states there are. */
  int states() {
    return logs.length;
  }

  /** The least and the largest log q_j. */
  double[] range() {
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (double[] each : logs) {
      for (double log : each) {
        range[0] = Math.min(range[0], log);
        range[1] = Math.max(range[1], log);
      }
    }
    return range;
  }
}
