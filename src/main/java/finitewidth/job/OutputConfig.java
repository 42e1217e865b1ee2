package finitewidth.job;

/**
 * Where, how and which results are written.
 *
 * @param hiddenKernels whether {@code fit} writes hidden_kernels/
 */
public record OutputConfig(String path, Format format, boolean overwrite, boolean hiddenKernels) {
  OutputConfig(String path, Format format, boolean overwrite) {
    this(path, format, overwrite, false);
  }

  /** Formats of the predictions. */
  public enum Format {
    PARQUET,
    CSV,
    JSON
  }
}
