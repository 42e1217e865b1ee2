package finitewidth.inference.scale;

import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What engines are to do that integrate a scale at each choice of widths.
 *
 * @param widths of the networks whose posterior is wanted
 * @param draws of matrices of scales for each of them, where there are several outputs
 * @param seed of the draws
 */
public record Scaling(List<Widths> widths, long draws, long seed) implements Serializable {
  public Scaling {
    widths = List.copyOf(widths);
    if (draws < 1) {
      throw new IllegalArgumentException(draws + " draws; at least 1 is needed");
    }
  }

  /** At these widths, with sixteen thousand draws. */
  public static Scaling of(List<Widths> widths) {
    return new Scaling(widths, 16_384, 1);
  }

  /** Uniform widths 8, 16, … 1024. */
  public static Scaling standard(int hiddenLayers) {
    return of(
        IntStream.rangeClosed(3, 10).mapToObj(k -> Widths.uniform(hiddenLayers, 1 << k)).toList());
  }
}
