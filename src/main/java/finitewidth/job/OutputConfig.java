package finitewidth.job;

/** Where and how results are written. */
public record OutputConfig(String path, Format format, boolean overwrite) {

  /** Formats of the predictions. */
  public enum Format {
    PARQUET,
    CSV,
    JSON
  }
}
