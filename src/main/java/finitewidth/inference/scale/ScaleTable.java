package finitewidth.inference.scale;

/**
 * The Gaussian of a row at each of some scales Q, for outputs that share the scale:
 *
 * <p>μ = Σ_k r_k y_k/d_k and c = C_b + Q K̃_xx − Σ_k r_k²/d_k with r = W(C_b·1 + Q K̃_Rx). All rows
 * share the d_k, so that a row costs products alone.
 *
 * @param at the basis
 * @param scales Q
 * @param inverse 1/d_k, [scale · P + k]
 */
public record ScaleTable(Whitened at, double[] scales, double[] inverse) {

  public static ScaleTable of(Whitened at, double[] scales) {
    int n = at.size();
    double[] inverse = new double[Math.multiplyExact(scales.length, n)];
    for (int j = 0; j < scales.length; j++) {
      for (int k = 0; k < n; k++) {
        inverse[j * n + k] = 1 / at.divisor(scales[j], k);
      }
    }
    return new ScaleTable(at, scales, inverse);
  }

  /** [scale][output], and the variance last: O(P·m) for each scale. */
  public double[][] row(Whitened.Row row) {
    int n = at.size();
    int outputs = at.outputs();
    double[][] found = new double[scales.length][outputs + 1];
    double[] own = row.own();
    double[] scaled = row.scaled();
    double[] first = at.y()[0];
    double[] weights = new double[n];
    for (int j = 0; j < scales.length; j++) {
      double excess = scales[j] - 1;
      double explained = 0;
      double mean = 0;
      for (int k = 0, to = j * n; k < n; k++, to++) {
        double r = own[k] + excess * scaled[k];
        double weight = r * inverse[to];
        weights[k] = weight;
        explained += weight * r;
        mean += weight * first[k];
      }
      found[j][0] = mean;
      for (int i = 1; i < outputs; i++) {
        double[] y = at.y()[i];
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += weights[k] * y[k];
        }
        found[j][i] = sum;
      }
      found[j][outputs] = row.variance() + excess * row.scaledVariance() - explained;
    }
    return found;
  }
}
