package finitewidth.data;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The formats that are read, told apart by the ending of a path. */
public enum FileFormat {
  CSV,
  PARQUET,
  LIBSVM;

  /** The format of that path or glob, if its ending is one of .csv, .csv.gz, .parquet, .libsvm. */
  public static Optional<FileFormat> ofPath(String path) {
    String name = path.toLowerCase(Locale.ROOT).replaceAll("[/*]+$", "");
    int brace = name.lastIndexOf('{');
    return name.endsWith("}") && brace >= 0
        ? ofAll(
            name.substring(0, brace), name.substring(brace + 1, name.length() - 1).split(",", -1))
        : ofName(name);
  }

  /** The format of all alternatives of a glob's ending, if it is one. */
  private static Optional<FileFormat> ofAll(String start, String[] ends) {
    Set<Optional<FileFormat>> formats = new HashSet<>();
    for (String end : ends) {
      formats.add(ofName(start + end));
    }
    return formats.size() == 1 ? formats.iterator().next() : Optional.empty();
  }

  private static Optional<FileFormat> ofName(String name) {
    if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
      return Optional.of(CSV);
    }
    if (name.endsWith(".parquet")) {
      return Optional.of(PARQUET);
    }
    return name.endsWith(".libsvm") ? Optional.of(LIBSVM) : Optional.empty();
  }
}
