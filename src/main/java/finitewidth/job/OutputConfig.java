package finitewidth.job;

import java.util.Optional;

/**
 * Where and how results are written.
 *
 * @param checkpoint where work on them is kept meanwhile; empty where it is not
 */
public record OutputConfig(
    String path, Format format, boolean overwrite, Optional<CheckpointConfig> checkpoint) {

  /** Formats of the predictions. */
  public enum Format {
    PARQUET,
    CSV,
    JSON
  }
}
