package finitewidth.prior;

/**
 * The derivatives in the variances of all layers, added up pair by pair and sample by sample on the
 * way back from the output to the inputs.
 *
 * <p>With g^{l+1} the derivative of some number in K^{l+1} = C_b + C_W F(K^l), g^{l+1} itself is
 * its derivative in C_b and g^{l+1} F that in C_W; g^l_xr = C_W F_12 g^{l+1}_xr; and the kernels of
 * the two samples on their own collect C_W F_11 g^{l+1}_xr and C_W F_22 g^{l+1}_xr.
 */
final class BackwardSums {
  private final Architecture architecture;
  private final int hidden;

  /** Of each layer: Σ g, and Σ g F with F the moment it is made of. */
  private final double[] sums;

  private final double[] momentSums;

  BackwardSums(Architecture architecture) {
    this.architecture = architecture;
    hidden = architecture.hiddenLayers();
    sums = new double[hidden + 1];
    momentSums = new double[hidden + 1];
  }

  /**
   * Pairs of one sample x with some samples r.
   *
   * @param at the first pair's place on the tape
   * @param g receives the derivatives in K¹ in the place of those in the output's kernel
   * @param gAt the first pair's place there
   * @param left by hidden layer and sample: what K_xx collects
   * @param x its place there
   * @param right by hidden layer and sample: what the K_rr collect
   * @param from the place there of the first r
   */
  void pairs(
      PairTape tape,
      int at,
      double[] g,
      int gAt,
      int count,
      double[][] left,
      int x,
      double[][] right,
      int from) {
    for (int l = hidden; l > 0; l--) {
      double weight = architecture.weightVariance(l);
      double[] mean = tape.mean()[l - 1];
      double[] d1 = tape.d1()[l - 1];
      double[] d2 = tape.d2()[l - 1];
      double[] dc = tape.dc()[l - 1];
      double[] below = right[l - 1];
      double sum = 0;
      double momentSum = 0;
      double own = 0;
      for (int i = 0; i < count; i++) {
        double outer = g[gAt + i];
        sum += outer;
        momentSum += outer * mean[at + i];
        own += outer * d1[at + i];
        below[from + i] += weight * outer * d2[at + i];
        g[gAt + i] = weight * outer * dc[at + i];
      }
      sums[l] += sum;
      momentSums[l] += momentSum;
      left[l - 1][x] += weight * own;
    }
    // The kernel of the inputs is C_b + C_W x·r / n_0.
    double bias = architecture.biasVariance(0);
    double weight = architecture.weightVariance(0);
    for (int i = 0; i < count; i++) {
      sums[0] += g[gAt + i];
      momentSums[0] += g[gAt + i] * (tape.first()[at + i] - bias) / weight;
    }
  }

  /**
   * A sample on its own.
   *
   * @param outer the derivative in K_xx of the output
   * @param collected by hidden layer and sample: what K_xx has collected from pairs
   * @param x its place there
   * @return the derivative in K¹_xx
   */
  double point(PointFlow point, double outer, double[][] collected, int x) {
    double g = outer;
    for (int l = hidden; l > 0; l--) {
      sums[l] += g;
      momentSums[l] += g * point.moment(l - 1);
      g = point.step(l - 1) * g + collected[l - 1][x];
    }
    sums[0] += g;
    momentSums[0] +=
        g * (point.kernel(0) - architecture.biasVariance(0)) / architecture.weightVariance(0);
    return g;
  }

  /** The derivatives in C_b of layers 0 … H. */
  double[] biasVariance() {
    return sums;
  }

  /** The derivatives in C_W of layers 0 … H. */
  double[] weightVariance() {
    return momentSums;
  }
}
