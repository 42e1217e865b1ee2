package finitewidth.job.config;

/**
 * Where finished work is kept for a rerun.
 *
 * @param path directory of any Hadoop file system
 * @param interval seconds between two writes, at least
 */
public record CheckpointConfig(String path, double interval) {}
