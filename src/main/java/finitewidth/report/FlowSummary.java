package finitewidth.report;

import java.util.List;

/**
 * summary.json of a flow.
 *
 * @param tensors whether flow/tensors.json was written
 */
public record FlowSummary(
    String version,
    String spark,
    int inputs,
    int features,
    String activation,
    List<Long> hiddenWidths,
    List<Double> biasVariance,
    List<Double> weightVariance,
    boolean tensors,
    Seconds seconds) {

  /** Wall-clock seconds by phase. */
  public record Seconds(double read, double flow, double total) {}
}
