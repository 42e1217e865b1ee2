package finitewidth.report.summary;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * summary.json of a flow.
 *
 * @param negativeSlope empty but for a leaky ReLU
 * @param tensors whether flow/tensors.json was written
 * @param densities of inputs whose prior densities are in density/
 */
public record FlowSummary(
    String version,
    String spark,
    RunSummary run,
    int inputs,
    int features,
    String activation,
    OptionalDouble negativeSlope,
    List<Long> hiddenWidths,
    List<Double> biasVariance,
    List<Double> weightVariance,
    boolean tensors,
    List<Density> densities,
    Seconds seconds,
    List<String> warnings) {

  /**
   * The prior density of one output at one input, whose values are in density/.
   *
   * @param variance K at infinite width
   * @param selfEnergy S
   * @param vertex V
   * @param binWidth of the grid
   * @param exactMissing why there is no exact density, if there is none
   * @param atom the probability that the output is zero; NaN where the exact density is not known
   * @param edgeworthPositive whether the first-order density is nowhere negative
   * @param draws networks drawn
   * @param drawnZeros of these, outputs that are zero
   * @param drawnOutside of these, outputs outside the grid
   */
  public record Density(
      Object id,
      double variance,
      double selfEnergy,
      double vertex,
      double binWidth,
      Optional<String> exactMissing,
      double atom,
      boolean edgeworthPositive,
      long draws,
      long drawnZeros,
      long drawnOutside) {}

  /** Wall-clock seconds by phase. */
  public record Seconds(double read, double flow, double total) {}
}
