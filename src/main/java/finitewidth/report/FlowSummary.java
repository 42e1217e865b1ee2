package finitewidth.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * summary.json of a flow.
 *
 * @param negativeSlope empty but for a leaky ReLU
 * @param tensors whether flow/tensors.json was written
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
    Seconds seconds) {

  /** Wall-clock seconds by phase. */
  public record Seconds(double read, double flow, double total) {}
}
