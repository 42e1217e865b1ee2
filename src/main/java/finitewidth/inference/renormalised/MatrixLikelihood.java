package finitewidth.inference.renormalised;

import finitewidth.inference.scale.Whitened;

/**
 * log p(Y | Q) − log p(Y | 1) for a matrix Q = O diag(q) Oᵀ that m outputs share:
 *
 * <p>−½ Σ_j [o_jᵀ D(q_j) o_j + G(q_j)] with D(q) = Σ_k y_k y_kᵀ (1/d_k − 1) and G(q) = Σ_k log d_k.
 *
 * <p>D and G are functions of one number each, so that they are computed once on a grid of log q,
 * and a matrix costs O(m³) whatever the number of rows.
 */
final class MatrixLikelihood {
  /** Below e^-40 nothing changes any more, and the prior has nothing beyond e^40. */
  private static final double REACH = 40;

  private final int outputs;
  private final LogGrid grid = LogGrid.around(-REACH, REACH);
  private final int stride;

  /** [node · stride]: the triangle of D by rows, then G. */
  private final double[] table;

  private final double[] weights = new double[LogGrid.POINTS];
  private final double[] sums;

  MatrixLikelihood(Whitened at) {
    outputs = at.outputs();
    stride = outputs * (outputs + 1) / 2 + 1;
    sums = new double[stride];
    double[] scales = grid.scales();
    table = new double[scales.length * stride];
    for (int node = 0; node < scales.length; node++) {
      fill(at, scales[node], node * stride);
    }
  }

  private void fill(Whitened at, double scale, int to) {
    for (int k = 0; k < at.size(); k++) {
      double change = (scale - 1) * at.kappa()[k];
      double d = at.divisor(scale, k);
      double less = -change / d;
      int pair = to;
      for (int i = 0; i < outputs; i++) {
        for (int j = 0; j <= i; j++, pair++) {
          table[pair] += at.y()[i][k] * at.y()[j][k] * less;
        }
      }
      table[pair] += change > -0.5 ? Math.log1p(change) : Math.log(d);
    }
  }

  /**
   * Of a matrix.
   *
   * @param logs log q_j
   * @param axes O, the columns o_j, [row · m + j]
   */
  double of(double[] logs, double[] axes) {
    double sum = 0;
    for (int j = 0; j < outputs; j++) {
      int base = grid.base(logs[j]);
      grid.weights(logs[j], base, weights, 0);
      for (int s = 0; s < stride; s++) {
        double value = 0;
        for (int p = 0; p < LogGrid.POINTS; p++) {
          value += weights[p] * table[(base + p) * stride + s];
        }
        sums[s] = value;
      }
      int pair = 0;
      for (int a = 0; a < outputs; a++) {
        double own = axes[a * outputs + j];
        for (int b = 0; b < a; b++, pair++) {
          sum += 2 * own * axes[b * outputs + j] * sums[pair];
        }
        sum += own * own * sums[pair++];
      }
      sum += sums[pair];
    }
    return -0.5 * sum;
  }
}
