package finitewidth.job.config;

import java.io.Serializable;

/**
 * What {@code flow} writes.
 *
 * @param tensors whether all tensors go to flow/tensors.json
 * @param densities of how many inputs the prior density of one output goes to density/
 * @param densityDraws networks to draw for each of them
 * @param seed of these draws
 */
public record FlowConfig(boolean tensors, int densities, long densityDraws, long seed)
    implements Serializable {}
