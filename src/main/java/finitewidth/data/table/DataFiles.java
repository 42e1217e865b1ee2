package finitewidth.data.table;

import finitewidth.data.DataConfig;
import finitewidth.data.DataException;
import finitewidth.data.FileFormat;
import finitewidth.data.Source;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The files behind {@code data.train} and {@code data.test}, found without a Spark session.
 *
 * @param train at least one file
 * @param test at least one file, where {@code data.test} is set
 */
public record DataFiles(InputFiles train, Optional<InputFiles> test) {
  /** No file system has longer ones, and Hadoop's globs cost their length squared. */
  private static final int LONGEST = 4096;

  /** Local files without the checksums beside them. */
  private static final Map<String, String> UNCHECKED =
      Map.of(
          "fs.file.impl",
          RawLocalFileSystem.class.getName(),
          "fs.file.impl.disable.cache",
          Boolean.toString(true));

  /**
   * Files of one format in the order in which their rows count, or a table, which has none.
   *
   * @param source as configured
   */
  public record InputFiles(Source source, FileFormat format, List<Path> files) {
    public InputFiles {
      files = List.copyOf(files);
    }

    /** As configured, for messages. */
    public String given() {
      return source.toString();
    }

    /** What was given, as it may be a directory, and its files. */
    public Stream<Path> places() {
      return source.table().isPresent()
          ? Stream.empty()
          : Stream.concat(source.paths().stream().map(Path::new), files.stream());
    }
  }

  /**
   * Finds all files.
   *
   * @throws DataException if a path does not exist, a glob matches nothing, or reading is refused
   */
  public static DataFiles locate(Configuration hadoop, DataConfig data) {
    return new DataFiles(
        find(hadoop, "data.train", data.training(), data.format()),
        data.testing().map(test -> find(hadoop, "data.test", test, data.format())));
  }

  /**
   * Finds the files of some paths.
   *
   * @param key that names them, for messages
   * @param format where their endings do not say it
   * @throws DataException if a path does not exist, a glob matches nothing, or reading is refused
   */
  public static InputFiles find(
      Configuration hadoop, String key, Source source, Optional<FileFormat> format) {
    if (source.table().isPresent()) {
      return new InputFiles(source, FileFormat.TABLE, List.of());
    }
    FileFormat known =
        format
            .or(source::format)
            .orElseThrow(() -> new DataException(key + "=" + source + ": " + FileFormat.ENDINGS));
    Map<Path, FileStatus> files = new TreeMap<>(Comparator.comparing(Path::toString));
    source.paths().forEach(given -> find(hadoop, key, given, files));
    return new InputFiles(source, known, withRows(files));
  }

  private static void find(
      Configuration hadoop, String key, String given, Map<Path, FileStatus> files) {
    if (given.length() > LONGEST) {
      throw new DataException(
          key + " has " + given.length() + " characters; a path has at most " + LONGEST);
    }
    int before = files.size();
    try {
      List<FileStatus> matches = Glob.find(hadoop, given);
      if (matches.isEmpty()) {
        String hint = given.startsWith("~") ? "; ~ is a shell's, write the directory out" : "";
        throw new DataException(key + "=" + given + ": no such file" + hint);
      }
      FileSystem fs = matches.get(0).getPath().getFileSystem(hadoop);
      for (FileStatus match : matches) {
        expand(fs, match, new HashSet<>(), files);
      }
    } catch (FileNotFoundException e) {
      throw new DataException(key + "=" + given + ": no such file", e);
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      throw new DataException(key + "=" + given + " cannot be read: " + e.getMessage(), e);
    } catch (RuntimeException e) { // as Hadoop wraps it
      if (e.getCause() instanceof ClassNotFoundException missing) {
        throw new DataException(
            "%s=%s cannot be read: %s; bring the storage's connector with -- --packages or --jars"
                .formatted(key, given, missing.getMessage()),
            e);
      }
      throw e;
    }
    if (before == 0 && files.isEmpty()) {
      throw new DataException(key + "=" + given + " is a directory without data files");
    }
  }

  /**
   * Settings with which files can be opened: Hadoop opens no local file with a colon in its name as
   * long as it looks for checksums beside it.
   */
  public static Configuration readable(Configuration hadoop, List<Path> files) {
    boolean colon =
        files.stream()
            .anyMatch(f -> f.getName().contains(":") && "file".equals(f.toUri().getScheme()));
    if (!colon) {
      return hadoop;
    }
    Configuration unchecked = new Configuration(hadoop);
    UNCHECKED.forEach(unchecked::set);
    return unchecked;
  }

  /** A path as people write it: without the scheme of a local file. */
  static String shown(String path) {
    return path.replaceFirst("^file:/+", "/");
  }

  /** Files of no bytes have no rows and, in csv, no header: as Spark does, only others are read. */
  private static List<Path> withRows(Map<Path, FileStatus> files) {
    List<Path> filled =
        files.entrySet().stream()
            .filter(file -> file.getValue().getLen() != 0)
            .map(Map.Entry::getKey)
            .toList();
    return filled.isEmpty() ? List.of(files.keySet().iterator().next()) : filled;
  }

  /**
   * A directory stands for the files in it that are not hidden.
   *
   * @param above real places of the directories above
   */
  private static void expand(
      FileSystem fs, FileStatus match, Set<String> above, Map<Path, FileStatus> files)
      throws IOException {
    if (!match.isDirectory()) {
      Path path = fs.makeQualified(match.getPath());
      files.put(path, match);
      return;
    }
    String real = Glob.real(fs, match.getPath());
    if (!above.add(real)) {
      return;
    }
    Predicate<Path> shown = child -> !Glob.isHidden(child.getName());
    for (FileStatus child : Glob.list(fs, match.getPath(), shown)) {
      expand(fs, child, above, files);
    }
    above.remove(real);
  }
}
