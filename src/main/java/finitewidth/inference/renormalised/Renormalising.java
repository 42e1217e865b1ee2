package finitewidth.inference.renormalised;

import finitewidth.prior.Widths;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the renormalised engine is to do.
 *
 * @param widths of the networks whose posterior is wanted
 * @param contraction the engine that it stands on, by name: one to first order, or the choice among
 *     them
 * @param passes 1 for the rest about the prior's scale, one contraction for all widths; 2 for that
 *     of each network about the scale that its data ask for, contracted once more for each
 * @param guarding how far a direction of the targets may move
 */
public record Renormalising(
    List<Widths> widths, String contraction, int passes, Guarding guarding) {
  public Renormalising {
    if (passes < 1 || passes > 2) {
      throw new IllegalArgumentException(passes + " passes; 1 or 2 are accepted");
    }
    widths = List.copyOf(widths);
  }

  /** With fixed guards. */
  public Renormalising(List<Widths> widths, String contraction, int passes) {
    this(widths, contraction, passes, Guarding.FIXED);
  }

  /**
   * Uniform widths 8, 16, … 1024, by the cheapest engine.
   *
   * @param contraction the name of the choice among engines
   */
  public static Renormalising standard(int hiddenLayers, String contraction) {
    return new Renormalising(
        IntStream.rangeClosed(3, 10).mapToObj(k -> Widths.uniform(hiddenLayers, 1 << k)).toList(),
        contraction,
        1);
  }
}
