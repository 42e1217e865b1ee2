package finitewidth.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that a job reads, to be damaged, and how it reads them.
 *
 * @param name for messages
 * @param intact a directory of them
 * @param read takes a directory; may refuse it by an exception that has an exit code
 */
record FuzzTarget(String name, Path intact, Read read) {

  /** How they are read. */
  @FunctionalInterface
  interface Read {
    void from(Path directory) throws Exception;
  }

  /** The files in a directory, those that Hadoop keeps beside them included, by name. */
  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /**
   * A copy; without the checksums that Hadoop keeps beside files, which would tell of any change.
   */
  List<Path> copyTo(Path directory) throws IOException {
    List<Path> copies = new ArrayList<>();
    for (Path file : files(intact)) {
      if (!file.getFileName().toString().endsWith(".crc")) {
        Path copy = directory.resolve(intact.relativize(file));
        Files.createDirectories(copy.getParent());
        copies.add(Files.copy(file, copy));
      }
    }
    return copies;
  }

  long bytes() throws IOException {
    long bytes = 0;
    for (Path file : files(intact)) {
      bytes += Files.size(file);
    }
    return bytes;
  }
}
