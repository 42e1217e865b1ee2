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
 */
public record Renormalising(List<Widths> widths, String contraction) {
  public Renormalising {
    widths = List.copyOf(widths);
  }

  /**
   * Uniform widths 8, 16, … 1024, by the cheapest engine.
   *
   * @param contraction the name of the choice among engines
   */
  public static Renormalising standard(int hiddenLayers, String contraction) {
    return new Renormalising(
        IntStream.rangeClosed(3, 10).mapToObj(k -> Widths.uniform(hiddenLayers, 1 << k)).toList(),
        contraction);
  }
}
