package finitewidth.job;

import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import org.apache.hadoop.fs.Path;

/** Where paths lead, and which lies in which. */
final class Places {
  private Places() {}

  /** Whether a path is a directory or lies anywhere in it, both as they are written. */
  static boolean isWithin(Path path, Path directory) {
    for (Path up = path; up != null; up = up.getParent()) {
      if (up.equals(directory)) {
        return true;
      }
    }
    return false;
  }

  /** Without . and .. in it, so that its parent is the directory that it lies in. */
  static Path normalized(Path path) {
    URI uri = path.toUri().normalize();
    return new Path(uri.getScheme(), uri.getAuthority(), uri.getPath());
  }

  /** Where a local path leads through symbolic links; others as they are. */
  static Path real(Path path) {
    if (!"file".equals(path.toUri().getScheme())) {
      return path;
    }
    try {
      return new Path(
          "file", null, java.nio.file.Path.of(path.toUri().getPath()).toRealPath().toString());
    } catch (IOException | InvalidPathException e) {
      return path;
    }
  }
}
