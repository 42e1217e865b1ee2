package finitewidth.inference.montecarlo;

import finitewidth.linalg.RowPanel;
import java.io.Serializable;
import java.util.List;

/**
 * A block of further rows, prepared for the draws of every source layer: a whole {@link RowPanel},
 * of which the last rows may repeat another. Immutable.
 */
public final class RowBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows in a block: with fewer the BLAS is slow, with more blocks grow large. */
  public static final int ROWS = RowPanel.ROWS;

  private final List<SourceRows> sources;

  RowBlock(List<SourceRows> sources) {
    this.sources = sources;
  }

  SourceRows source(int s) {
    return sources.get(s);
  }

  /** What is known of the coefficient of δμ_i(x) of source layer s before any draw. */
  double exactMean(int s, int x, int i) {
    return sources.get(s).exactMean().get(x, i);
  }

  /** The same of M_x̃R D, direction k. */
  double exactAlong(int s, int x, int k) {
    return sources.get(s).exactAlong().get(x, k);
  }

  /** The same of δc. */
  double exactVariance(int s, int x, int i) {
    return sources.get(s).exactVariance().get(x, i);
  }
}
