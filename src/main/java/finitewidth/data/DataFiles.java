package finitewidth.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files behind {@code data.train} and {@code data.test}, found without a Spark session.
 *
 * @param train at least one file
 * @param test at least one file, where {@code data.test} is set
 */
public record DataFiles(InputFiles train, Optional<InputFiles> test) {
  /** No file system has longer ones, and Hadoop's globs cost their length squared. */
  private static final int LONGEST = 4096;

  /**
   * Files of one format in the order in which their rows count.
   *
   * @param given the path or glob as configured
   */
  public record InputFiles(String given, FileFormat format, List<Path> files, long bytes) {
    public InputFiles {
      files = List.copyOf(files);
    }
  }

  /**
   * Finds all files.
   *
   * @throws DataException if a path does not exist, a glob matches nothing, or reading is refused
   */
  public static DataFiles locate(Configuration hadoop, DataConfig data) {
    return new DataFiles(
        find(hadoop, "data.train", data.train()),
        data.test().map(test -> find(hadoop, "data.test", test)));
  }

  /**
   * Finds the files of one path.
   *
   * @param key that names it, for messages
   * @throws DataException if the path does not exist, a glob matches nothing, or reading is refused
   */
  public static InputFiles find(Configuration hadoop, String key, String given) {
    if (given.length() > LONGEST) {
      throw new DataException(
          key + " has " + given.length() + " characters; a path has at most " + LONGEST);
    }
    FileFormat format =
        FileFormat.ofPath(given)
            .orElseThrow(() -> new DataException(key + "=" + given + " has an unknown ending"));
    try {
      Path pattern = new Path(given);
      FileSystem fs = pattern.getFileSystem(hadoop);
      FileStatus[] matches = fs.globStatus(pattern);
      if (matches == null || matches.length == 0) {
        throw new DataException(key + "=" + given + ": no such file");
      }
      List<FileStatus> files = new ArrayList<>();
      for (FileStatus match : matches) {
        expand(fs, match, files);
      }
      if (files.isEmpty()) {
        throw new DataException(key + "=" + given + " is a directory without data files");
      }
      files.sort(Comparator.comparing(file -> file.getPath().toString()));
      return new InputFiles(
          given,
          format,
          files.stream().map(FileStatus::getPath).map(fs::makeQualified).toList(),
          files.stream().mapToLong(FileStatus::getLen).sum());
    } catch (FileNotFoundException e) {
      throw new DataException(key + "=" + given + ": no such file", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(key + "=" + given + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** A directory stands for the files in it; names starting with _ or . are nobody's data. */
  private static void expand(FileSystem fs, FileStatus match, List<FileStatus> files)
      throws IOException {
    if (!match.isDirectory()) {
      files.add(match);
      return;
    }
    for (FileStatus child : fs.listStatus(match.getPath())) {
      String name = child.getPath().getName();
      if (!name.startsWith("_") && !name.startsWith(".")) {
        expand(fs, child, files);
      }
    }
  }
}
