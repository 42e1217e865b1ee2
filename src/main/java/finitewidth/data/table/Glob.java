package finitewidth.data.table;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
 * files for data.
 */
final class Glob {
  private static final String WILDCARDS = "*?[{\\";

  private final FileSystem fs;

  private Glob(FileSystem fs) {
    this.fs = fs;
  }

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
    if (!found.isEmpty() || !hasWildcard(given)) {
      if (found.isEmpty()) {
        LocalPaths.explainMissing(fs.makeQualified(path));
      }
      return found;
    }
    List<FileStatus> all = new ArrayList<>();
    for (String alternative : GlobExpander.expand(given)) {
      all.addAll(glob.walk(fs.makeQualified(path(alternative))));
    }
    return all;
  }

  /** A path as it was written: a colon in the name of a file is no scheme. */
  static Path path(String given) {
    int colon = given.indexOf(':');
    boolean scheme = colon > 0 && given.startsWith("/", colon + 1);
    return new Path(scheme || colon < 0 || given.startsWith("/") ? given : "./" + given);
  }

  private static boolean hasWildcard(String text) {
    return text.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }

  private List<FileStatus> walk(Path pattern) throws IOException {
    Path root = new Path(pattern.toUri().getScheme(), pattern.toUri().getAuthority(), "/");
    List<Path> reached = List.of(root);
    for (String name : pattern.toUri().getPath().split("/")) {
      if (!name.isEmpty()) {
        reached = step(reached, name);
      }
    }
    List<FileStatus> found = new ArrayList<>();
    for (Path path : reached) {
      found.addAll(status(path));
    }
    return found;
  }

  private List<Path> step(List<Path> directories, String name) throws IOException {
    List<Path> next = new ArrayList<>();
    for (Path directory : directories) {
      Path literal = child(directory, name);
      if (!hasWildcard(name) || !status(literal).isEmpty()) {
        next.add(literal);
      } else {
        next.addAll(matches(directory, name));
      }
    }
    return next;
  }

  private List<Path> matches(Path directory, String pattern) throws IOException {
    GlobFilter filter = new GlobFilter(pattern);
    if (!filter.hasPattern()) {
      return List.of(child(directory, pattern.replaceAll("\\\\(.)", "$1")));
    }
    List<FileStatus> there = status(directory);
    if (there.isEmpty() || !there.get(0).isDirectory()) {
      return List.of();
    }
    List<Path> matches = new ArrayList<>();
    for (FileStatus status :
        LocalPaths.list(fs, directory, child -> meant(filter, pattern, child))) {
      matches.add(status.getPath());
    }
    return matches;
  }

  /** Hidden files are meant by globs that begin as they do. */
  private static boolean meant(GlobFilter filter, String pattern, Path child) {
    String name = child.getName();
    return filter.accept(child) && (!isHidden(name) || pattern.charAt(0) == name.charAt(0));
  }

  /** Names that begin with _ or . are nobody's data. */
  static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
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
}
