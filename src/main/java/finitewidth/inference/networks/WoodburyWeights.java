package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import org.netlib.util.intW;

/**
 * By their own covariance s²M⁻¹ = s²(LLᵀ)⁻¹: at features f the variance is s²|L⁻¹f|².
 *
 * @param size q
 * @param outputs m
 * @param mean w, m × q
 * @param inverse L⁻¹, q × q, column-major: a product with it takes half the time of a solution
 * @param noise s²
 */
record WoodburyWeights(int size, int outputs, double[] mean, double[] inverse, double noise)
    implements LastWeights {

  /**
   * With L inverted.
   *
   * @param factor L, q × q, column-major; is overwritten
   */
  static WoodburyWeights of(int size, int outputs, double[] mean, double[] factor, double noise) {
    LAPACK.getInstance().dtrtri("L", "N", size, factor, size, new intW(0));
    return new WoodburyWeights(size, outputs, mean, factor, noise);
  }

  @Override
  public void predict(double[] f, int rows, double[] means, double[] variance) {
    LastWeights.mean(mean, size, outputs, f, rows, means);
    BLAS blas = BLAS.getInstance();
    // Rows are BLAS's rows, so L⁻¹ goes to their right, transposed.
    blas.dtrmm("R", "L", "T", "N", rows, size, 1.0, inverse, size, f, rows);
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
