package finitewidth.inference.renormalised;

import finitewidth.inference.scale.ScaleExpansion;

/**
 * How the scale fluctuates at some widths before data. To first order it has the vertex u
 * K̃_abK̃_cd + w (K̃_acK̃_bd + K̃_adK̃_bc).
 *
 * <p>For one output Q is a product of Gamma variables of shape ν_l/2 and mean 1. For several Q = g
 * F Fᵀ with F = Π_l T_l/√ν_l, T_l the lower triangular factor of a Wishart matrix with ν_l degrees
 * of freedom, and a Gamma variable g of mean 1 and variance u where u is positive.
 *
 * @param nu ν of each hidden layer
 * @param u what fluctuates for all outputs alike
 * @param w what fluctuates as matrices do
 */
record ScaleShape(double[] nu, double u, double w) {
  /** Least v_l: a vertex that is sampled may come out below zero, and a variance is none then. */
  private static final double LEAST = 0.02;

  /** Of a linear layer, and where there is nothing to go by as all targets are zero. */
  private static final double LINEAR = 2;

  /** A common factor that varies less than so much of w is left to first order. */
  private static final double LEAST_COMMON = 1e-3;

  /**
   * Of a scale that all outputs share: v_l = V_l:ΦΦ/(tr K̃Φ)², ν_l = 2 n_l/v_l, so that u + 2w =
   * Σ_l v_l/n_l.
   *
   * @param data V_l:ΦΦ of each layer
   * @param widths n_l
   */
  static ScaleShape shared(double[] data, ScaleExpansion.Sums sums, double[] widths) {
    double square = sums.all() * sums.all();
    double[] nu = new double[data.length];
    double u = 0;
    double w = 0;
    for (int l = 0; l < nu.length; l++) {
      double v = square > 0 ? Math.max(LEAST, data[l] / square) : LINEAR;
      nu[l] = 2 * widths[l] / v;
      u += (v - 2) / widths[l];
      w += 1 / widths[l];
    }
    return new ScaleShape(nu, u, w);
  }

  /**
   * Of a matrix: ν_l = n_l and u what V:ΦΦ has beyond that; and where it has less, u = 0 and ν_l as
   * V_l:ΦΦ asks for.
   */
  static ScaleShape matrix(double[] data, ScaleExpansion.Sums sums, double[] widths) {
    double square = sums.all() * sums.all();
    double w = 0;
    double all = 0;
    for (int l = 0; l < widths.length; l++) {
      w += 1 / widths[l];
      all += data[l] / widths[l];
    }
    double u = square > 0 ? (all - 2 * w * sums.pairs()) / square : 0;
    if (u >= 0) {
      return new ScaleShape(widths.clone(), u > LEAST_COMMON * w ? u : 0, w);
    }
    double[] nu = new double[widths.length];
    w = 0;
    for (int l = 0; l < nu.length; l++) {
      double v = Math.max(LEAST, data[l] / sums.pairs());
      nu[l] = 2 * widths[l] / v;
      w += 1 / nu[l];
    }
    return new ScaleShape(nu, 0, w);
  }
}
