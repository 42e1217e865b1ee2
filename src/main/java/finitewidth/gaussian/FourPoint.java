package finitewidth.gaussian;

/**
 * Four-point moments ⟨σ_aσ_bσ_cσ_d⟩ of one layer's field over a fixed set of points, a row at a
 * time.
 *
 * <p>Rows, because everything that depends on the first three points is shared by the whole row. An
 * evaluator holds scratch space and belongs to one thread. A moment has the same bits whatever the
 * limits of the row it was computed in.
 */
public interface FourPoint {

  /**
   * out[d − from] = ⟨σ_aσ_bσ_cσ_d⟩ for d in [from, to); a, b, c and every d are pairwise different
   * indices (the points themselves may coincide).
   */
  void distinct(int a, int b, int c, int from, int to, double[] out);

  /** out[d − from] = ⟨σ_a²σ_cσ_d⟩ for d in [from, to); any of a, c and d may be the same index. */
  void paired(int a, int c, int from, int to, double[] out);
}
