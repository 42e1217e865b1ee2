package finitewidth.job.config;

import java.util.Optional;

/** The checkpoint block of a configuration. */
final class CheckpointParser {
  private static final double LONGEST = 3600;

  private final ConfigReader values;

  CheckpointParser(ConfigReader values) {
    this.values = values;
  }

  /** Empty where nothing is to be kept. */
  Optional<CheckpointConfig> parse() {
    double interval =
        values.number(
            Key.CHECKPOINT_INTERVAL,
            v -> v > 0 && v <= LONGEST,
            "accepted is a number of seconds above 0, up to " + (int) LONGEST);
    return values
        .text(Key.CHECKPOINT_PATH, "accepted is a path, or none")
        .filter(path -> !path.equals(Key.CHECKPOINT_PATH.standard()))
        .map(path -> new CheckpointConfig(path, interval));
  }
}
