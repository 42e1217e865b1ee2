package finitewidth.inference.ensemble;

import finitewidth.inference.Cost;
import java.util.stream.IntStream;

/** What draws of networks cost, in seconds of one core of a typical machine. */
final class EnsembleCost {
  private EnsembleCost() {}

  /** Products of each layer's rows of weights with so many points; constants matter little. */
  static double seconds(Drawing drawing, double points) {
    double widths = drawing.choices().stream().mapToDouble(c -> IntStream.of(c).sum()).sum();
    return Cost.seconds(2 * points * points * widths * EnsembleJob.allDraws(drawing.draws()));
  }
}
