package finitewidth.runtime.checkpoint;

import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.Stopwatch;
import finitewidth.inference.work.Work;
import finitewidth.storage.Kind;
import finitewidth.storage.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Files in which tasks keep rows themselves. A file has a piece for each row, and its name says the
 * least and the greatest of their numbers: tasks find their rows however these were dealt out
 * before.
 */
public final class TaskFiles implements Serializable {
  private static final long serialVersionUID = 1L;

  static final String NAME = "rows-[0-9]{1,18}-[0-9]{1,18}-[0-9a-f]{8}";

  private final transient CheckpointDirectory checkpoint;
  private final String work;
  private final Fingerprint fingerprint;
  private final Path directory;
  private final SerializableConfiguration hadoop;
  private final List<Kept> files;
  private final LongAccumulator found = new LongAccumulator();
  private final DoubleAccumulator seconds = new DoubleAccumulator();
  private final CollectionAccumulator<Trouble> troubles = new CollectionAccumulator<>();

  private record Kept(Path path, long first, long last) implements Serializable {
    static Kept of(Path path) {
      String[] name = path.getName().split("-", -1);
      return new Kept(path, Long.parseLong(name[1]), Long.parseLong(name[2]));
    }
  }

  private record Trouble(String file, String why, boolean writing) implements Serializable {}

  TaskFiles(
      CheckpointDirectory checkpoint,
      JavaSparkContext spark,
      String work,
      Fingerprint fingerprint,
      Path directory)
      throws IOException {
    this.checkpoint = checkpoint;
    this.work = work;
    this.fingerprint = fingerprint;
    this.directory = directory;
    hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    files =
        Stream.of(fs().listStatus(directory, path -> path.getName().matches(NAME)))
            .map(file -> Kept.of(file.getPath()))
            .toList();
    Stream.of(found, seconds, troubles).forEach(spark.sc()::register);
  }

  /**
   * The files of some work; empty where nothing is kept in files.
   *
   * @param work in words
   * @param fingerprint of all that its rows' results have in common
   */
  public static Optional<TaskFiles> of(
      Checkpoint checkpoint, JavaSparkContext spark, String work, Fingerprint fingerprint) {
    return checkpoint instanceof CheckpointDirectory directory
        ? directory.files(spark, work, fingerprint)
        : Optional.empty();
  }

  private FileSystem fs() {
    try {
      return directory.getFileSystem(hadoop.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * For a task: hands on the rows of all files that may have some between two numbers. What cannot
   * be read is told and left.
   *
   * @param most bytes of a row
   */
  public void read(long first, long last, long most, Work.Pieces to) {
    Stopwatch watch = new Stopwatch();
    for (Kept file : files) {
      if (file.first() <= last && file.last() >= first) {
        PieceFile.read(fs(), file.path(), fingerprint, most, to)
            .ifPresent(why -> troubles.add(new Trouble(file.path().toString(), why, false)));
      }
    }
    seconds.add(watch.total());
  }

  /** For a task: keeps rows in a new file. Where that cannot be written it is told. */
  public void write(long first, long last, List<ByteBuffer> rows) {
    if (TaskContext.get().isInterrupted()) {
      // Another attempt was quicker, or the job is at its end.
      return;
    }
    Stopwatch watch = new Stopwatch();
    String attempt = UUID.randomUUID().toString().substring(0, 8);
    Path path =
        new Path(directory, String.format(Locale.ROOT, "rows-%d-%d-%s", first, last, attempt));
    try {
      // It is removed when the result is complete, and not every executor may see it.
      if (Kind.of(fs(), directory) != Kind.DIRECTORY) {
        throw new FileNotFoundException("executors do not find " + directory);
      }
      try (AtomicFile file = new AtomicFile(fs(), path)) {
        PieceFile.Writer writer = new PieceFile.Writer(file.out(), fingerprint);
        for (ByteBuffer row : rows) {
          writer.put(row);
        }
        writer.end();
        file.complete();
      }
    } catch (IOException | RuntimeException | FSError e) {
      troubles.add(new Trouble(path.toString(), Reason.of(e), true));
    }
    seconds.add(watch.total());
  }

  /** For a task: counts rows that were found. */
  public void count(long rows) {
    found.add(rows);
  }

  /** How many rows tasks that are done have found. */
  public long found() {
    return found.value();
  }

  /**
   * Tells what tasks have met with, when all are done.
   *
   * @param coreSeconds that all rows take
   * @param share that was found
   */
  public void finish(double coreSeconds, double share) {
    for (Trouble trouble : new LinkedHashSet<>(troubles.value())) {
      if (trouble.writing()) {
        checkpoint.unwritten(trouble.file(), trouble.why());
      } else {
        checkpoint.unreadable(trouble.file(), trouble.why(), work);
      }
    }
    checkpoint.count(coreSeconds, coreSeconds * share, seconds.value());
  }
}
