package finitewidth.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where paths lead, and which lies in which. */
public final class Places {
  private Places() {}

  /** Whether a path is a directory or lies anywhere in it, both as they are written. */
  public static boolean isWithin(Path path, Path directory) {
    for (Path up = path; up != null; up = up.getParent()) {
      if (up.equals(directory)) {
        return true;
      }
    }
    return false;
  }

  /** Without . and .. in it, so that its parent is the directory that it lies in. */
  public static Path normalized(Path path) {
    URI uri = path.toUri().normalize();
    return new Path(uri.getScheme(), uri.getAuthority(), uri.getPath());
  }

  /** Where a local path leads through symbolic links; others, and what leads nowhere, as is. */
  public static Path real(Path path) {
    try {
      return followed(path);
    } catch (IOException | InvalidPathException e) {
      return path;
    }
  }

  /**
   * Where a local path leads through symbolic links, whether anything is there or not yet; others
   * as they are.
   *
   * @throws DeadLink if a link on the way leads nowhere
   */
  public static Path followed(Path path) throws IOException {
    if (!isLocal(path)) {
      return path;
    }
    java.nio.file.Path local = local(path);
    for (java.nio.file.Path up = local; up != null; up = up.getParent()) {
      if (Files.exists(up, LinkOption.NOFOLLOW_LINKS)) {
        return new Path("file", null, real(up).resolve(up.relativize(local)).toString());
      }
    }
    return path;
  }

  private static java.nio.file.Path real(java.nio.file.Path path) throws IOException {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      if (Files.isSymbolicLink(path)) {
        throw new DeadLink(path, e);
      }
      throw e;
    }
  }

  /** A symbolic link that leads nowhere, or round in circles. */
  public static final class DeadLink extends IOException {
    private static final long serialVersionUID = 1L;

    DeadLink(java.nio.file.Path link, IOException cause) throws IOException {
      super(
          link + " is a symbolic link to " + Files.readSymbolicLink(link) + ", which leads nowhere",
          cause);
    }
  }

  /** Whether a path is of this machine's own files. */
  public static boolean isLocal(Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  /** A local path as Java has it. */
  public static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  /**
   * Whether another file system begins at a local directory: it cannot be renamed.
   *
   * @throws IOException if that cannot be told
   */
  public static boolean isMountPoint(Path directory) throws IOException {
    if (!isLocal(directory) || directory.isRoot()) {
      return false;
    }
    java.nio.file.Path local = local(directory);
    return local.getFileSystem().supportedFileAttributeViews().contains("unix")
        && !Files.getAttribute(local, "unix:dev")
            .equals(Files.getAttribute(local.getParent(), "unix:dev"));
  }

  /**
   * Gives a file or a directory another name in the same directory, at once or not at all.
   *
   * @throws IOException if that name is taken, or it cannot be
   */
  public static void rename(FileSystem fs, Path from, Path to) throws IOException {
    if (Kind.of(fs, to) != Kind.NOTHING) {
      throw new IOException(from + " cannot be renamed: there is something at " + to);
    }
    if (isLocal(fs.makeQualified(from))) {
      // Hadoop copies and deletes what cannot be renamed.
      Files.move(local(from), local(to), StandardCopyOption.ATOMIC_MOVE);
    } else if (!fs.rename(from, to)) {
      throw new IOException(from + " cannot be renamed to " + to);
    }
  }

  /**
   * Makes a directory, and those above it.
   *
   * @throws IOException saying why it cannot be
   */
  public static void makeDirectory(FileSystem fs, Path directory) throws IOException {
    if (fs.mkdirs(directory)) {
      return;
    }
    // Hadoop does not say why; Java does, when it tries the same.
    if (isLocal(fs.makeQualified(directory))) {
      java.nio.file.Path first = local(directory);
      while (first.getParent() != null && Files.notExists(first.getParent())) {
        first = first.getParent();
      }
      Files.delete(Files.createDirectory(first));
    }
    throw new IOException(directory + ": no directory could be made");
  }
}
