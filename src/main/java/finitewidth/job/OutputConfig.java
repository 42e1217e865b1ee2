package finitewidth.job;

/**
 * Where, how and which results are written.
 *
 * @param hiddenKernels whether {@code fit} writes hidden_kernels/
 * @param quantiles columns of the predictions
 */
public record OutputConfig(
    String path, Format format, boolean overwrite, boolean hiddenKernels, Quantiles quantiles) {
  OutputConfig(String path, Format format, boolean overwrite) {
    this(path, format, overwrite, false, Quantiles.none());
  }

  /** Formats of the predictions. */
  public enum Format {
    PARQUET,
    CSV,
    JSON
  }
}
