package finitewidth.job.config;

import finitewidth.settings.Key;

/**
 * Where finished work is kept for a rerun.
 *
 * @param path directory of any Hadoop file system
 * @param interval seconds between two writes, at least
 */
public record CheckpointConfig(String path, double interval) {
  private static final double LONGEST = 3600;

  public CheckpointConfig {
    Refusal.unless(interval > 0 && interval <= LONGEST, Key.CHECKPOINT_INTERVAL);
  }
}
