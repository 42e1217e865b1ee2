package finitewidth.report.summary;

/**
 * What a checkpoint was worth.
 *
 * @param resumedShare part of the contraction, draws and predictions that earlier runs had left, by
 *     what it takes to compute, from 0 to 1
 * @param seconds spent reading and writing it, mostly beside the work itself
 */
public record CheckpointSummary(String path, double resumedShare, double seconds) {}
