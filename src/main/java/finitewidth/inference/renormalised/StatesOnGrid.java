package finitewidth.inference.renormalised;

import finitewidth.inference.scale.ScaleMixture;
import java.util.Arrays;

/**
 * Matrices Q = O diag(q) Oᵀ of m outputs, and what they make of a row. In the axes of Q outputs are
 * independent, axis j with the scale q_j: μ = Σ_j o_j (o_j·μ(q_j)), and output i has the variance
 * Σ_j O_ij² c(q_j), where μ(q) and c(q) are those of outputs that share the scale q.
 */
final class StatesOnGrid {
  private final MatrixScale scale;
  private final int outputs;

  /** [state · m + j] the first node of the interpolation. */
  private final int[] bases;

  /** [(state · m + j) · points + node]. */
  private final double[] weights;

  StatesOnGrid(MatrixScale scale, LogGrid grid) {
    this.scale = scale;
    outputs = scale.logs()[0].length;
    bases = new int[scale.states() * outputs];
    weights = new double[bases.length * LogGrid.POINTS];
    for (int k = 0, at = 0; k < scale.states(); k++) {
      for (int j = 0; j < outputs; j++, at++) {
        double log = scale.logs()[k][j];
        bases[at] = grid.base(log);
        grid.weights(log, bases[at], weights, at * LogGrid.POINTS);
      }
    }
  }

  /**
   * The mixture over all states.
   *
   * @param gaussians [node][output], and the variance last
   */
  ScaleMixture mixture(double[][] gaussians) {
    int states = scale.states();
    double[][] means = new double[outputs][states];
    double[][] variances = new double[outputs][states];
    double[] own = new double[outputs + 1];
    for (int k = 0, at = 0; k < states; k++) {
      double[] axes = scale.axes()[k];
      for (int j = 0; j < outputs; j++, at++) {
        Arrays.fill(own, 0);
        for (int p = 0; p < LogGrid.POINTS; p++) {
          double weight = weights[at * LogGrid.POINTS + p];
          double[] node = gaussians[bases[at] + p];
          for (int i = 0; i <= outputs; i++) {
            own[i] += weight * node[i];
          }
        }
        double along = 0;
        for (int i = 0; i < outputs; i++) {
          along += axes[i * outputs + j] * own[i];
        }
        for (int i = 0; i < outputs; i++) {
          double axis = axes[i * outputs + j];
          means[i][k] += axis * along;
          variances[i][k] += axis * axis * own[outputs];
        }
      }
    }
    double[] equal = new double[states];
    Arrays.fill(equal, 1.0 / states);
    return ScaleMixture.of(means, variances, equal, scale.groups());
  }
}
