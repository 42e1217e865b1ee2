package finitewidth.data.table;

import finitewidth.data.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/**
 * Finds what a path or a glob of Hadoop's stands for.
 *
 * <p>What is there to the letter is meant, even if it looks like a glob; this goes for every
 * directory on the way, too. Hadoop's own search fails at names with a colon, and takes hidden
 * files for data. Of local files it passes over links that lead nowhere, whose rows would be
 * missing without a word, and takes what it may not look at for what is not there.
 */
record Glob(FileSystem fs) {
  private static final String WILDCARDS = "*?[{\\";

  /**
   * Files and directories, in no particular order; one may be found more than once.
   *
   * @throws DataException naming a link that leads nowhere
   * @throws IOException if a directory cannot be listed, or the glob is none
   */
  static List<FileStatus> find(Configuration hadoop, String given) throws IOException {
    Path path = path(given);
    FileSystem fs = path.getFileSystem(hadoop);
    Glob glob = new Glob(fs);
    List<FileStatus> found = glob.status(path);
    if (found.isEmpty() && !hasWildcard(given)) {
      explainMissing(fs.makeQualified(path));
    } else if (found.isEmpty()) {
      found = new ArrayList<>();
      for (String alternative : GlobExpander.expand(given)) {
        found.addAll(glob.walk(fs.makeQualified(path(alternative))));
      }
    }
    return found;
  }

  /** A path as it was written: a colon in the name of a file is no scheme. */
  static Path path(String given) {
    int colon = given.indexOf(':');
    boolean scheme = colon > 0 && given.startsWith("/", colon + 1);
    return new Path(scheme || colon < 0 || given.startsWith("/") ? given : "./" + given);
  }

  /** Names that begin with _ or . are nobody's data. */
  static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }

  private static boolean hasWildcard(String text) {
    return text.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }

  private List<FileStatus> walk(Path pattern) throws IOException {
    Path root = new Path(pattern.toUri().getScheme(), pattern.toUri().getAuthority(), "/");
    List<Path> reached = List.of(root);
    for (String name : pattern.toUri().getPath().substring(1).split("/", -1)) {
      List<Path> next = new ArrayList<>();
      for (Path directory : reached) {
        next.addAll(step(directory, name));
      }
      reached = next;
    }
    List<FileStatus> found = new ArrayList<>();
    for (Path path : reached) {
      found.addAll(status(path));
    }
    return found;
  }

  private List<Path> step(Path directory, String name) throws IOException {
    Path literal = child(directory, name);
    if (!hasWildcard(name) || !status(literal).isEmpty()) {
      return List.of(literal);
    }
    GlobFilter filter = new GlobFilter(name);
    if (!filter.hasPattern()) {
      return List.of(child(directory, name.replaceAll("\\\\(.)", "$1")));
    }
    List<FileStatus> there = status(directory);
    if (there.isEmpty() || !there.get(0).isDirectory()) {
      return List.of();
    }
    // Hidden files are meant by globs that begin as they do.
    Predicate<Path> meant =
        path ->
            filter.accept(path)
                && (!isHidden(path.getName()) || path.getName().charAt(0) == name.charAt(0));
    return list(fs, directory, meant).stream().map(FileStatus::getPath).toList();
  }

  private static Path child(Path directory, String name) {
    return new Path(directory, new Path(null, null, name));
  }

  private List<FileStatus> status(Path path) throws IOException {
    try {
      return List.of(fs.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /**
   * What is in a directory.
   *
   * @param wanted of the entries
   * @throws DataException naming a wanted one that is a link to nothing
   * @throws IOException if the directory cannot be listed
   */
  static List<FileStatus> list(FileSystem fs, Path directory, Predicate<Path> wanted)
      throws IOException {
    Optional<java.nio.file.Path> local = local(fs.makeQualified(directory));
    if (local.isPresent()) {
      if (!Files.isReadable(local.get())) {
        throw denied(local.get());
      }
      try (DirectoryStream<java.nio.file.Path> links =
          Files.newDirectoryStream(local.get(), Files::isSymbolicLink)) {
        for (java.nio.file.Path link : links) {
          if (wanted.test(new Path(null, null, link.getFileName().toString()))) {
            refuseBroken(link);
          }
        }
      }
    }
    return Stream.of(fs.listStatus(directory)).filter(s -> wanted.test(s.getPath())).toList();
  }

  /**
   * Says why a path that is not there is not: a link that leads nowhere, or a directory above that
   * may not be looked into. Returns where it is just not there.
   */
  private static void explainMissing(Path path) throws IOException {
    java.nio.file.Path above = local(path).orElse(null);
    if (above != null && Files.isSymbolicLink(above)) {
      refuseBroken(above);
    }
    while (above != null && !Files.isDirectory(above)) {
      above = above.getParent();
    }
    if (above != null && !Files.isExecutable(above)) {
      throw denied(above);
    }
  }

  private static void refuseBroken(java.nio.file.Path link) throws IOException {
    if (!Files.exists(link)) {
      throw new DataException(
          link + " is a symbolic link to " + Files.readSymbolicLink(link) + ", which is not there");
    }
  }

  private static IOException denied(java.nio.file.Path directory) {
    return new FileSystemException(directory.toString(), null, "permission denied");
  }

  /** Where a directory really is, so that one that leads back to itself is known again. */
  static String real(FileSystem fs, Path directory) {
    try {
      Optional<java.nio.file.Path> local = local(fs.makeQualified(directory));
      return local.isPresent() ? local.get().toRealPath().toString() : directory.toString();
    } catch (IOException e) {
      return directory.toString();
    }
  }

  private static Optional<java.nio.file.Path> local(Path path) {
    try {
      return "file".equals(path.toUri().getScheme())
          ? Optional.of(java.nio.file.Path.of(path.toUri().getPath()))
          : Optional.empty();
    } catch (InvalidPathException e) {
      // A name that this process cannot spell; Hadoop lists it or not.
      return Optional.empty();
    }
  }
}
