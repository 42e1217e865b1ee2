package finitewidth.ml;

import java.nio.file.Path;

/** A path of this machine as Hadoop names it. */
final class LocalPath {
  private LocalPath() {}

  static String of(String path) {
    // Not its URI, whose escapes Hadoop would take for letters.
    return "file://" + Path.of(path).toAbsolutePath();
  }
}
