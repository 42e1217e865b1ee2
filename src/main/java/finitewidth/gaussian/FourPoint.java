package finitewidth.gaussian;

/**
 * Four-point moments ⟨σ_aσ_bσ_cσ_d⟩ of one layer's field over a fixed set of points, a row at a
 * time.
 *
 * <p>Rows, because everything that depends on the first three points is shared by the whole row. An
 * evaluator holds scratch space and belongs to one thread. A moment has the same bits whatever the
 * limits of the row it was computed in.
 */
public interface FourPoint extends PairMoments {

  /**
   * out[d − from] = ⟨σ_aσ_bσ_cσ_d⟩ for d in [from, to); a, b, c and every d are pairwise different
   * indices (the points themselves may coincide).
   */
  void distinct(int a, int b, int c, int from, int to, double[] out);

  /**
   * out[(c − c0)·stride + d − d0] = ⟨σ_aσ_bσ_cσ_d⟩ for c in [c0, c1) and d in [max(d0, c + 1), d1);
   * other elements are left as they are.
   */
  default void block(int a, int b, int c0, int c1, int d0, int d1, double[] out, int stride) {
    double[] row = new double[Math.max(0, d1 - d0)];
    for (int c = c0; c < c1; c++) {
      int from = Math.max(d0, c + 1);
      if (from < d1) {
        distinct(a, b, c, from, d1, row);
        System.arraycopy(row, 0, out, (c - c0) * stride + from - d0, d1 - from);
      }
    }
  }

  /** out[d − from] = ⟨σ_a²σ_cσ_d⟩ for d in [from, to); any of a, c and d may be the same index. */
  void paired(int a, int c, int from, int to, double[] out);

  @Override
  default void cubes(int a, int from, int to, double[] out) {
    paired(a, a, from, to, out);
  }

  @Override
  default void squares(int a, int from, int to, double[] out) {
    double[] one = new double[1];
    for (int d = from; d < to; d++) {
      paired(a, d, d, d + 1, one);
      out[d - from] = one[0];
    }
  }
}
