package finitewidth.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;

/** Why storage fails, in words. */
public final class Reason {
  /** A file system with less room has none. */
  private static final long NO_ROOM = 1 << 16;

  private Reason() {}

  /** What an exception of a file system says, without the names of classes. */
  public static String of(Throwable thrown) {
    Throwable cause = thrown;
    // FSError is how Hadoop throws what it did not expect of the machine's own files.
    while (cause.getCause() != null
        && (cause instanceof FSError || cause instanceof UncheckedIOException)
        && cause.getCause().toString().equals(cause.getMessage())) {
      cause = cause.getCause();
    }
    if (cause instanceof FileSystemException failed) {
      return failed.getFile() + ": " + words(failed);
    }
    return Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
  }

  private static String words(FileSystemException failed) {
    if (failed.getReason() != null) {
      return failed.getReason();
    }
    if (failed instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failed instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    return failed instanceof FileAlreadyExistsException
        ? "it exists already"
        : failed.getClass().getSimpleName();
  }

  /** The same as the exception that everybody handles: Hadoop's own is an Error. */
  public static IOException exception(Throwable thrown) {
    return thrown instanceof IOException known ? known : new IOException(of(thrown), thrown);
  }

  /**
   * Whether it was for want of room, by what it says, or by what is left where the path lies. Other
   * languages say it in other words.
   */
  public static boolean isFull(Throwable thrown, Path path) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String said = String.valueOf(cause).toLowerCase(Locale.ROOT);
      if (List.of("no space left", "quota", "disk full").stream().anyMatch(said::contains)) {
        return true;
      }
    }
    return Places.isLocal(path) && roomAt(Places.local(path)) < NO_ROOM;
  }

  private static long roomAt(java.nio.file.Path path) {
    for (java.nio.file.Path up = path; up != null; up = up.getParent()) {
      if (Files.exists(up)) {
        try {
          FileStore store = Files.getFileStore(up);
          // Some say nothing.
          return store.getTotalSpace() > 0 ? store.getUsableSpace() : Long.MAX_VALUE;
        } catch (IOException e) {
          return Long.MAX_VALUE;
        }
      }
    }
    return Long.MAX_VALUE;
  }
}
