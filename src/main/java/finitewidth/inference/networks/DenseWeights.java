package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;

/**
 * By the kernel of the training rows, K = LLᵀ: at features f the variance is |f|² − |Af|², A =
 * L⁻¹Fᵀ.
 *
 * @param size q
 * @param outputs m
 * @param training P
 * @param mean w, m × q
 * @param explained Aᵀ, q × P to us
 */
record DenseWeights(int size, int outputs, int training, double[] mean, double[] explained)
    implements LastWeights {

  @Override
  public void predict(double[] f, int rows, double[] means, double[] variance) {
    LastWeights.mean(mean, size, outputs, f, rows, means);
    BLAS blas = BLAS.getInstance();
    double[] parts = new double[training * rows];
    blas.dgemm("N", "T", rows, training, size, 1.0, f, rows, explained, training, 0.0, parts, rows);
    double[] known = new double[rows];
    WoodburyWeights.squares(parts, rows, training, 1, known);
    WoodburyWeights.squares(f, rows, size, 1, variance);
    for (int a = 0; a < rows; a++) {
      variance[a] -= known[a];
    }
  }
}
