package finitewidth.job.config;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import finitewidth.data.Columns;
import finitewidth.settings.Key;
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

  @JsonCreator
  static OutputConfig of(
      @From(Key.OUTPUT_PATH) Optional<String> path,
      @From(Key.OUTPUT_FORMAT) Format format,
      @From(Key.OUTPUT_OVERWRITE) boolean overwrite,
      @From(Key.CHECKPOINT_PATH) Optional<String> checkpoint,
      @From(Key.CHECKPOINT_INTERVAL) double interval,
      @From(Key.OUTPUT_HIDDEN_KERNELS) boolean hiddenKernels,
      @JacksonInject Quantiles quantiles) {
    CheckpointConfig kept = new CheckpointConfig(checkpoint.orElse(""), interval);
    return new OutputConfig(
        path.orElseThrow(() -> Refusal.of(Key.OUTPUT_PATH, "a directory to write is needed")),
        format,
        overwrite,
        checkpoint.map(directory -> kept),
        hiddenKernels,
        quantiles);
  }

  /** Refuses files that cannot hold predictions of several outputs. */
  void check(Columns columns) {
    Refusal.when(
        format == Format.CSV
            && (columns.label().isPresent() || columns.targets().names().size() > 1),
        Key.OUTPUT_FORMAT,
        "csv has no arrays, which several outputs (%s) need; use parquet or json",
        columns.label().map(name -> "the classes of " + name).orElse("data.target"));
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
