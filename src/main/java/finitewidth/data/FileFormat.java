package finitewidth.data;

import java.util.Locale;
import java.util.Optional;

/** The formats that are read, told apart by the ending of a path. */
public enum FileFormat {
  CSV,
  PARQUET,
  LIBSVM;

  /** The format of that path or glob, if its ending is one of .csv, .csv.gz, .parquet, .libsvm. */
  public static Optional<FileFormat> ofPath(String path) {
    String name = path.toLowerCase(Locale.ROOT).replaceAll("/+$", "");
    if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
      return Optional.of(CSV);
    }
    if (name.endsWith(".parquet")) {
      return Optional.of(PARQUET);
    }
    return name.endsWith(".libsvm") ? Optional.of(LIBSVM) : Optional.empty();
  }
}
