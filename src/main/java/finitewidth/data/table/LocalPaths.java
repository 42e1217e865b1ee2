package finitewidth.data.table;

import finitewidth.data.DataException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What Hadoop does not say of a local file system: it passes over links that lead nowhere, whose
 * rows would be missing without a word, and takes what it may not look at for what is not there.
 */
final class LocalPaths {
  private LocalPaths() {}

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
      refuseClosed(local.get());
      try (DirectoryStream<java.nio.file.Path> entries =
          Files.newDirectoryStream(local.get(), Files::isSymbolicLink)) {
        for (java.nio.file.Path link : entries) {
          Path path = new Path(null, null, link.getFileName().toString());
          if (wanted.test(path)) {
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
  static void explainMissing(Path path) throws IOException {
    Optional<java.nio.file.Path> local = local(path);
    if (local.isEmpty()) {
      return;
    }
    if (Files.isSymbolicLink(local.get())) {
      refuseBroken(local.get());
    }
    java.nio.file.Path above = local.get().getParent();
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

  private static void refuseClosed(java.nio.file.Path directory) throws IOException {
    if (!Files.isReadable(directory)) {
      throw denied(directory);
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
    String scheme = path.toUri().getScheme();
    try {
      return "file".equals(scheme)
          ? Optional.of(java.nio.file.Path.of(path.toUri().getPath()))
          : Optional.empty();
    } catch (InvalidPathException e) {
      // A name that this process cannot spell; Hadoop lists it or not.
      return Optional.empty();
    }
  }
}
