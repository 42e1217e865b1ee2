package finitewidth.inference.exact;

import finitewidth.gaussian.FourPoint;
import java.util.Arrays;

/**
 * The moments ⟨σ_aσ_bσ_kσ_l⟩ of two fixed samples with a rectangle of others, k &lt; l, and the
 * dressed moments made of them; small enough to stay in a core's caches while all quantities use
 * it. Belongs to one thread.
 *
 * <p>Loops take rows two at a time, counted from k0, and in groups of {@link PanelLoops#GROUP}
 * columns, counted from l0. What they read beside moments is zero: the rest of first and last
 * groups, and a row beyond an odd last one.
 */
final class Panel {
  final double[] moment;

  /** (P_ik P_jl + P_il P_jk) m: for the pairs (ij) and (kl). */
  final double[] straight;

  /** (P_ij P_kl + P_il P_jk) m: for the pairs (ik) and (jl). */
  final double[] crossed;

  /** (P_ij P_kl + P_ik P_jl) m: for the pairs (il) and (jk). */
  final double[] twisted;

  /** From one row to the next. */
  final int stride;

  /** The rows of the moments in it. */
  int k0;

  int k1;

  /** Their first column. */
  int l0;

  private int end;

  Panel(int rows, int columns) {
    stride = PanelLoops.roundUp(columns);
    // Rows go in twos.
    int size = (rows + 1) / 2 * 2 * stride;
    moment = new double[size];
    straight = new double[size];
    crossed = new double[size];
    twisted = new double[size];
  }

  /** Computes the moments of a and b with those pairs of a rectangle whose k is above j. */
  void fill(FourPoint fourPoint, int a, int b, int j, Tile.Rectangle others) {
    k0 = others.firstAbove(j);
    k1 = Math.min(others.k1(), others.l1() - 1);
    l0 = others.l0();
    int width = others.l1() - l0;
    end = PanelLoops.roundUp(width);
    for (int k = k0; k < k1; k++) {
      int row = row(k);
      Arrays.fill(moment, row + first(k), row + Math.max(first(k), k + 1 - l0), 0);
      Arrays.fill(moment, row + width, row + end, 0);
    }
    if ((k1 - k0) % 2 == 1) {
      Arrays.fill(moment, row(k1) + first(k1), row(k1) + end, 0);
    }
    fourPoint.block(a, b, k0, k1, l0, others.l1(), moment, stride);
  }

  /** Where the row of k begins, at l = l0. */
  int row(int k) {
    return (k - k0) * stride;
  }

  /**
   * The first column, counted from l0, of the group that holds the first moment of row k, or of the
   * row above in its pair.
   */
  int first(int k) {
    int even = k - (k - k0) % 2;
    return PanelLoops.roundDown(Math.max(0, even + 1 - l0));
  }

  /** The end of the last group, counted from l0. */
  int end() {
    return end;
  }
}
