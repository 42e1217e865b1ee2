package finitewidth.inference.exact;

/**
 * The loops that all moments run through, in two forms with the same bits: over the Vector API, and
 * in plain Java where the JVM runs without that module.
 *
 * <p>Every sum is kept as {@value #GROUP} partial sums, of the terms whose place is 0, 1, 2 and 3
 * modulo {@value #GROUP}, added up as (0 + 1) + (2 + 3) at the end; every product is fused with its
 * sum. A machine's own vector length thus does not show in the result.
 *
 * <p>Tables are those of {@link SourceTables}, sums are laid out like them, and only their elements
 * right of the diagonal count. Belongs to one thread.
 */
interface PanelLoops {
  /** Partial sums of every sum. */
  int GROUP = 4;

  /** The fastest this JVM can run. */
  static PanelLoops fastest() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? VectorPanelLoops.create()
        : new ScalarPanelLoops();
  }

  /** The next multiple of {@link #GROUP}. */
  static int roundUp(int length) {
    return (length + GROUP - 1) / GROUP * GROUP;
  }

  /** The last multiple of {@link #GROUP}. */
  static int roundDown(int length) {
    return length / GROUP * GROUP;
  }

  /**
   * Makes the dressed moments of a panel from its moments.
   *
   * @param p P, of which rows j and k are used
   * @param own an array that holds P_i·, which may be p itself
   * @param ownRow where P_i0 stands in it
   */
  void dress(Panel panel, double[] p, int stride, double[] own, int ownRow, int j);

  /**
   * Adds the panel's moments, each times the weight of its other two samples, to the six pairs of
   * every quadruple (i, j, k, l).
   *
   * @param weight w, a table
   * @param straight moments for Σ_ij += w_kl m and Σ_kl += w_ij m
   * @param crossed moments for Σ_ik += w_jl m and Σ_jl += w_ik m
   * @param twisted moments for Σ_il += w_jk m and Σ_jk += w_il m
   */
  void addPairs(
      Panel panel,
      double[] weight,
      double[] sums,
      int stride,
      int i,
      int j,
      double[] straight,
      double[] crossed,
      double[] twisted);

  /**
   * The same for a sample x in the place of i and its three pairs only: Σ_j += w_kl m, Σ_k += w_jl
   * m, Σ_l += w_jk m.
   *
   * @param sums of (x, a) by a, as long as a row of a table
   */
  void addEnds(
      Panel panel,
      double[] weight,
      double[] sums,
      int stride,
      int j,
      double[] straight,
      double[] crossed,
      double[] twisted);

  /** Σ_k x[xAt + k] y[yAt + k]. */
  double dot(double[] x, int xAt, double[] y, int yAt, int length);

  /** to[at + k] += factor · x[xAt + k]. */
  static void axpy(double factor, double[] x, int xAt, double[] to, int at, int length) {
    for (int k = 0; k < length; k++) {
      to[at + k] += factor * x[xAt + k];
    }
  }
}
