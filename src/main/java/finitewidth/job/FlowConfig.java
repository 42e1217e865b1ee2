package finitewidth.job;

/**
 * What {@code flow} writes.
 *
 * @param tensors whether all tensors go to flow/tensors.json
 */
public record FlowConfig(boolean tensors) {}
