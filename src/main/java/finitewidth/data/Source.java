package finitewidth.data;

import java.util.List;
import java.util.Optional;

/**
 * Where rows come from: files, directories and globs, or one table of the session's catalog.
 *
 * @param paths at least one, as configured
 */
public record Source(List<String> paths) {
  private static final String TABLE = "table:";

  public Source {
    paths = List.copyOf(paths);
  }

  /** One path or table. */
  public static Source of(String path) {
    return new Source(List.of(path));
  }

  /** Whether a path is no path but names a table. */
  public static boolean isTable(String path) {
    return path.startsWith(TABLE);
  }

  /** The name of the table, if it is one. */
  public Optional<String> table() {
    return paths.size() == 1 && isTable(paths.get(0))
        ? Optional.of(paths.get(0).substring(TABLE.length()))
        : Optional.empty();
  }

  /** The format that all endings say, if it is one. */
  public Optional<FileFormat> format() {
    if (table().isPresent()) {
      return Optional.of(FileFormat.TABLE);
    }
    List<Optional<FileFormat>> formats = paths.stream().map(FileFormat::ofPath).distinct().toList();
    return formats.size() == 1 ? formats.get(0) : Optional.empty();
  }

  /** For messages. */
  @Override
  public String toString() {
    return String.join(", ", paths);
  }
}
