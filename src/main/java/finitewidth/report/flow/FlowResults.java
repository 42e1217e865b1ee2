package finitewidth.report.flow;

import finitewidth.prior.Criticality;
import finitewidth.report.summary.FlowSummary;
import java.util.List;

/**
 * What a flow has come to, as its page tells it. Layers count from 1, the first preactivations, to
 * the output; S and V include their factors 1/n.
 *
 * @param data name of the data
 * @param warnings in words
 * @param inputs a few of them, chosen from the smallest to the largest
 * @param critical the same inputs at the critical initialisation, where there is one
 * @param pairs by angle
 * @param densities of one output, of the inputs that they were asked of
 */
public record FlowResults(
    String data,
    FlowSummary summary,
    List<String> warnings,
    List<ByDepth> inputs,
    Critical critical,
    Pairs pairs,
    List<PriorDensity> densities) {
  public FlowResults {
    warnings = List.copyOf(warnings);
    inputs = List.copyOf(inputs);
    densities = List.copyOf(densities);
  }

  /**
   * The prior density of one output at one input.
   *
   * @param of which input, and what is known of it
   * @param values at the middle of bins
   * @param exact NaN where it is not known
   * @param edgeworth to first order in 1/width
   * @param gaussian at infinite width
   * @param drawn of sampled networks
   * @param error its standard error
   */
  public record PriorDensity(
      FlowSummary.Density of,
      double[] values,
      double[] exact,
      double[] edgeworth,
      double[] gaussian,
      double[] drawn,
      double[] error) {}

  /**
   * One input, by layer.
   *
   * @param kernel K_aa
   * @param selfEnergy S_aa/K_aa
   * @param vertex V_(aa)(aa)/K_aa²
   */
  public record ByDepth(String id, double[] kernel, double[] selfEnergy, double[] vertex) {}

  /**
   * What a search for variances at which signals neither grow nor shrink with depth has come to.
   *
   * @param inputs those of the results, at these variances; none where none were found
   */
  public record Critical(Criticality criticality, List<ByDepth> inputs) {
    public Critical {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * Pairs of inputs of equal length at some angles; [layer][angle].
   *
   * @param degrees between the inputs
   * @param layers which ones
   * @param correlation K_ab/√(K_aa K_bb)
   * @param selfEnergy S_ab/√(K_aa K_bb)
   * @param vertex V_(ab)(ab)/(K_aa K_bb)
   */
  public record Pairs(
      double[] degrees,
      int[] layers,
      double[][] correlation,
      double[][] selfEnergy,
      double[][] vertex) {}
}
