package finitewidth.job.config;

import finitewidth.settings.Key;
import java.io.Serializable;

/**
 * What {@code flow} writes.
 *
 * @param tensors whether all tensors go to flow/tensors.json
 * @param densities of how many inputs the prior density of one output goes to density/
 * @param densityDraws networks to draw for each of them
 * @param seed of these draws
 */
public record FlowConfig(
    @From(Key.FLOW_TENSORS) boolean tensors,
    @From(Key.FLOW_DENSITIES) int densities,
    @From(Key.FLOW_DENSITY_DRAWS) long densityDraws,
    @From(Key.CONTRACTION_SEED) long seed)
    implements Serializable {
  private static final int MOST_DENSITIES = 1000;

  /** Deviates for all draws of one input: a day of one core. */
  private static final double MOST_DEVIATES = 1e13;

  public FlowConfig {
    Refusal.unless(densities >= 0 && densities <= MOST_DENSITIES, Key.FLOW_DENSITIES);
    Refusal.unless(
        densityDraws >= 1 && densityDraws <= ContractionConfig.MOST_DRAWS, Key.FLOW_DENSITY_DRAWS);
  }

  /** Refuses draws that would take days. */
  void check(NetworkConfig network) {
    double neurons = network.hiddenWidths().stream().mapToDouble(Long::doubleValue).sum();
    Refusal.when(
        densities > 0 && neurons * densityDraws > MOST_DEVIATES,
        Key.FLOW_DENSITY_DRAWS,
        "so many draws of networks with hidden widths %s take days; accepted is a whole number up"
            + " to %d",
        network.hiddenWidths(),
        Math.max(1, (long) (MOST_DEVIATES / neurons)));
  }
}
