package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;

/**
 * By their own covariance s²M⁻¹ = s²(LLᵀ)⁻¹: at features f the variance is s²|L⁻¹f|².
 *
 * @param size q
 * @param outputs m
 * @param mean w, m × q
 * @param factor L, q × q, column-major
 * @param noise s²
 */
record WoodburyWeights(int size, int outputs, double[] mean, double[] factor, double noise)
    implements LastWeights {

  @Override
  public void mean(double[] f, int rows, double[] out) {
    BLAS.getInstance()
        .dgemm("N", "N", rows, outputs, size, 1.0, f, rows, mean, size, 0.0, out, rows);
  }

  @Override
  public void predict(double[] f, int rows, double[] means, double[] variance) {
    mean(f, rows, means);
    BLAS blas = BLAS.getInstance();
    // Rows are BLAS's rows, so L⁻¹ goes to their right, transposed.
    blas.dtrsm("R", "L", "T", "N", rows, size, 1.0, factor, size, f, rows);
    squares(f, rows, size, noise, variance);
  }

  /** factor · Σ_k f_k² for each row. */
  static void squares(double[] f, int rows, int size, double factor, double[] out) {
    for (int a = 0; a < rows; a++) {
      out[a] = 0;
    }
    for (int k = 0; k < size; k++) {
      int at = k * rows;
      for (int a = 0; a < rows; a++) {
        out[a] += f[at + a] * f[at + a];
      }
    }
    for (int a = 0; a < rows; a++) {
      out[a] *= factor;
    }
  }
}
