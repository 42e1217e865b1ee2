package finitewidth.data;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A format of files or tables, by the name that Spark or a package knows it by.
 *
 * @param name in lower case
 */
public record FileFormat(String name) implements Serializable {
  public static final FileFormat CSV = new FileFormat("csv");
  public static final FileFormat TSV = new FileFormat("tsv");
  public static final FileFormat LIBSVM = new FileFormat("libsvm");
  public static final FileFormat PARQUET = new FileFormat("parquet");
  public static final FileFormat JSON = new FileFormat("json");

  /** Not files, but a table of the session's catalog. */
  public static final FileFormat TABLE = new FileFormat("table");

  /** What is asked for where no path says it, as a sentence ends. */
  public static final String ENDINGS =
      "the ending must be .csv, .tsv, .json, .jsonl, .orc, .parquet, .libsvm or .avro, text maybe"
          + " with .gz or .bz2, or data.format must name the format";

  private static final Set<String> PACKED =
      Set.of(".gz", ".bz2", ".zst", ".deflate", ".lz4", ".snappy");

  private static final List<FileFormat> BY_ENDING =
      List.of(CSV, TSV, LIBSVM, PARQUET, JSON, new FileFormat("orc"), new FileFormat("avro"));

  public FileFormat {
    name = name.toLowerCase(Locale.ROOT);
  }

  /** The format of that path or glob, if its ending says one. */
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
    for (String packed : PACKED) {
      if (name.endsWith(packed)) {
        return ofName(name.substring(0, name.length() - packed.length()))
            .filter(FileFormat::mayBePacked);
      }
    }
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return Optional.of(JSON);
    }
    return BY_ENDING.stream().filter(format -> name.endsWith("." + format.name)).findFirst();
  }

  private boolean mayBePacked() {
    return isText() || equals(JSON);
  }

  /** Whether cells are texts. */
  public boolean isText() {
    return isCsv() || equals(LIBSVM);
  }

  /** Whether cells stand between separators. */
  public boolean isCsv() {
    return equals(CSV) || equals(TSV);
  }
}
