package finitewidth.job.output;

import finitewidth.storage.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * Where Spark keeps its own files on the driver's machine, of which it needs one that can be
 * written, and where codecs unpack their native libraries.
 */
public final class LocalDirectories {
  private static final String KEY = "spark.local.dir";
  private static final String TEMPORARY = "java.io.tmpdir";

  /** Less than the least that any job needs. */
  private static final int BYTES = 1 << 14;

  /** The libraries of the codecs that a job uses together. */
  private static final int LIBRARY_BYTES = 1 << 22;

  private LocalDirectories() {}

  /**
   * Tries them before Spark does, which says at length why it cannot, and ends the process.
   *
   * @throws StorageException if they cannot be written
   */
  public static void refuseUnusable(SparkConf conf) {
    refuseOwn(conf);
    String temporary = System.getProperty(TEMPORARY);
    unusable(temporary, LIBRARY_BYTES)
        .ifPresent(
            reason -> {
              throw new StorageException(
                  """
                  %s = %s is where native libraries are unpacked, and cannot be written: %s; name \
                  another directory with -- --driver-java-options -D%s=DIRECTORY\
                  """
                      .formatted(TEMPORARY, temporary, reason, TEMPORARY));
            });
  }

  private static void refuseOwn(SparkConf conf) {
    if (System.getenv("CONTAINER_ID") != null) {
      // YARN gives its containers directories of their own.
      return;
    }
    String variable = System.getenv("SPARK_LOCAL_DIRS");
    String given = variable != null ? variable : conf.get(KEY, System.getProperty(TEMPORARY));
    List<String> reasons = new ArrayList<>();
    for (String directory : given.split(",")) {
      Optional<String> reason = unusable(directory, BYTES);
      if (reason.isEmpty()) {
        return;
      }
      reasons.add(reason.get());
    }
    throw new StorageException(
        (variable != null ? "SPARK_LOCAL_DIRS" : KEY)
            + " = "
            + given
            + " is where Spark keeps its own files, and cannot be written: "
            + String.join("; ", reasons)
            + (variable != null
                ? "; name another directory"
                : "; name another directory with -- --conf " + KEY + "=DIRECTORY"));
  }

  private static Optional<String> unusable(String directory, int bytes) {
    try {
      Path made = Files.createTempFile(Files.createDirectories(Path.of(directory)), "spark-", "");
      try {
        Files.write(made, new byte[bytes]);
      } finally {
        Files.delete(made);
      }
      return Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.of(Reason.of(e));
    }
  }
}
