package finitewidth.inference.exact;

import finitewidth.gaussian.FourPoint;

/**
 * Sums over the distinct quadruples of a tile for one source layer. A moment is computed once and,
 * while its panel is in cache, serves all three pairings and both roles of every index: it adds to
 * the six pairs of its samples,
 *
 * <pre>
 *   quantity 0:     C_ij += 2 B_kl m
 *   quantity 1 + x: W_ij += X_kl (P_ik P_jl + P_il P_jk) m
 * </pre>
 *
 * and likewise for the five other pairs. Belongs to one thread.
 */
final class QuadrupleTile {
  private final PanelLoops loops = PanelLoops.fastest();
  private final Panel panel = new Panel(Tiling.ROWS, Tiling.COLUMNS);

  /**
   * @param sums by quantity, laid out like the tables; elements right of the diagonal receive
   */
  void addTo(double[][] sums, SourceTables t, FourPoint fourPoint, Tile tile) {
    Tile.Rectangle others = tile.others();
    for (int i = tile.i0(); i < tile.i1(); i++) {
      for (int j = Math.max(tile.j0(), i + 1); j < tile.j1(); j++) {
        if (others.rows(j) > 0) {
          panel.fill(fourPoint, i, j, j, others);
          add(sums, t, i, j);
        }
      }
    }
  }

  private void add(double[][] sums, SourceTables t, int i, int j) {
    double[] m = panel.moment;
    loops.addPairs(panel, t.weights[0], sums[0], t.stride, i, j, m, m, m);
    loops.dress(panel, t.p, t.stride, t.p, i * t.stride, j);
    for (int q = 1; q < sums.length; q++) {
      loops.addPairs(
          panel,
          t.weights[q],
          sums[q],
          t.stride,
          i,
          j,
          panel.straight,
          panel.crossed,
          panel.twisted);
    }
  }
}
