package finitewidth.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What lies at a path. Symbolic links are not followed. */
public enum Kind {
  NOTHING("nothing"),
  DIRECTORY("a directory"),
  FILE("a file"),
  LINK("a symbolic link"),
  OTHER("a device, a pipe or a socket");

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  /** For messages. */
  @Override
  public String toString() {
    return words;
  }

  /** What lies at a path. */
  public static Kind of(FileSystem fs, Path path) throws IOException {
    Path qualified = fs.makeQualified(path);
    try {
      return Places.isLocal(qualified)
          ? of(
              Files.readAttributes(
                  Places.local(qualified), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS))
          : of(fs.getFileStatus(qualified));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return NOTHING;
    }
  }

  static Kind of(BasicFileAttributes file) {
    if (file.isSymbolicLink()) {
      return LINK;
    }
    if (file.isDirectory()) {
      return DIRECTORY;
    }
    return file.isRegularFile() ? FILE : OTHER;
  }

  static Kind of(FileStatus file) {
    if (file.isSymlink()) {
      return LINK;
    }
    return file.isDirectory() ? DIRECTORY : FILE;
  }
}
