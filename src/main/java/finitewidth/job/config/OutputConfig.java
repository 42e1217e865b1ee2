package finitewidth.job.config;

import java.util.Optional;

/**
 * Where, how and which results are written.
 *
 * @param checkpoint where work on them is kept meanwhile; empty where it is not
 * @param hiddenKernels whether {@code fit} writes hidden_kernels/
 * @param quantiles columns of the predictions
 */
public record OutputConfig(
    String path,
    Format format,
    boolean overwrite,
    Optional<CheckpointConfig> checkpoint,
    boolean hiddenKernels,
    Quantiles quantiles) {
  public OutputConfig(
      String path, Format format, boolean overwrite, Optional<CheckpointConfig> checkpoint) {
    this(path, format, overwrite, checkpoint, false, Quantiles.none());
  }

  /** The same without what only {@code fit} and {@code predict} add. */
  public OutputConfig plain() {
    return plain(false);
  }

  /**
   * The same, with hidden kernels or not.
   *
   * @param hiddenKernels whether they are computed
   */
  public OutputConfig plain(boolean hiddenKernels) {
    return new OutputConfig(path, format, overwrite, checkpoint, hiddenKernels, Quantiles.none());
  }

  /** Formats of the predictions. */
  public enum Format {
    PARQUET,
    CSV,
    JSON
  }
}
