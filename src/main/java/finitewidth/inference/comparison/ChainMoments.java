package finitewidth.inference.comparison;

import finitewidth.posterior.Components;
import finitewidth.posterior.Predictive;
import java.util.Arrays;

/**
 * What each of several chains says of one test point: the averages of conditional means μ and
 * variances c over the states that it has left, counted from the mean of all of them.
 *
 * @param centre [output], the mean of all states
 * @param means [chain][output], ⟨μ⟩ − centre
 * @param squares [chain][output], ⟨c + (μ − centre)²⟩
 */
public record ChainMoments(double[] centre, double[][] means, double[][] squares) {

  /**
   * Of a mixture over states.
   *
   * @param prediction a mixture of as many states of each chain, those of the first chain first
   * @param chains that have left them
   */
  public static ChainMoments of(Predictive prediction, int chains) {
    Components states = prediction.components();
    if (states == null || states.weights().length % chains != 0) {
      throw new IllegalArgumentException("this is no mixture over states of " + chains + " chains");
    }
    int outputs = states.means().length;
    int count = states.weights().length;
    int each = count / chains;
    double[] centre = new double[outputs];
    double[][] means = new double[chains][outputs];
    double[][] squares = new double[chains][outputs];
    for (int i = 0; i < outputs; i++) {
      double[] mean = states.means()[i];
      centre[i] = Arrays.stream(mean).average().orElseThrow();
      for (int k = 0; k < count; k++) {
        double distance = mean[k] - centre[i];
        means[k / each][i] += distance / each;
        squares[k / each][i] += (states.variances()[i][k] + distance * distance) / each;
      }
    }
    return new ChainMoments(centre, means, squares);
  }
}
