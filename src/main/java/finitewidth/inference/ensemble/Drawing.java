package finitewidth.inference.ensemble;

import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.List;

/**
 * Which networks are drawn.
 *
 * @param widths of all hidden layers, for each network whose posterior is wanted; whole numbers
 * @param draws of each, rounded up to whole batches
 * @param seed of the draws
 */
public record Drawing(List<Widths> widths, long draws, long seed) implements Serializable {

  /**
   * Sees that there is something to draw.
   *
   * @throws IllegalArgumentException naming widths that no network has
   */
  public Drawing {
    widths = List.copyOf(widths);
    if (draws < 1) {
      throw new IllegalArgumentException(draws + " draws; at least 1 is needed");
    }
    widths.forEach(Widths::whole);
  }

  /** Sixteen thousand networks of each of these widths. */
  public static Drawing of(List<Widths> widths) {
    return new Drawing(widths, 16_384, 1);
  }

  /** The widths in whole neurons. */
  List<int[]> choices() {
    return widths.stream().map(Widths::whole).toList();
  }
}
