package finitewidth.gaussian.quadrature;

/**
 * A point where σ or one of its first derivatives jumps.
 *
 * @param at where
 * @param jumps [power − 1][p]: the jump of the p-th derivative of σ, σ² and σ³
 */
record Kink(double at, double[][] jumps) {
  /** Jumps of the function itself up to those of its fourth derivative. */
  static final int ORDERS = 5;

  /** From the one-sided derivatives of σ, the function itself first. */
  static Kink of(double at, double[] left, double[] right) {
    double[][] jumps = new double[3][];
    double[] below = left;
    double[] above = right;
    for (int power = 0; power < 3; power++) {
      jumps[power] = new double[ORDERS];
      for (int p = 0; p < ORDERS; p++) {
        jumps[power][p] = above[p] - below[p];
      }
      below = product(below, left);
      above = product(above, right);
    }
    return new Kink(at, jumps);
  }

  /** Derivatives of a product, by Leibniz. */
  static double[] product(double[] f, double[] g) {
    double[] product = new double[ORDERS];
    for (int p = 0; p < ORDERS; p++) {
      double binomial = 1;
      for (int j = 0; j <= p; j++) {
        product[p] += binomial * f[j] * g[p - j];
        binomial *= (p - j) / (j + 1.0);
      }
    }
    return product;
  }
}
