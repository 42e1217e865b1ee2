package finitewidth.runtime.checkpoint;

import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one piece of work in one directory, on a thread of its own: every so often what has been
 * finished since goes to a new file. After a write it rests for so many times as long, so that slow
 * storage costs the job no more than a small part of its time.
 */
final class Keeper implements Checkpoint.Keeping {
  private static final String PREFIX = "pieces-";

  /** Rests so many times as long as it wrote. */
  private static final int REST = 49;

  private final FileSystem fs;
  private final Path directory;
  private final Work work;
  private final Fingerprint fingerprint;
  private final long leastRestNanos;
  private final Listener listener;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final Thread thread = new Thread(this::keep, "checkpoint");
  private int files;
  private boolean closing;
  private double seconds;

  /** Who is to know. */
  interface Listener {
    /** A file that was kept cannot be used. */
    void unreadable(Path file, String why, Work work);

    /** Something cannot be written. */
    void unwritten(Path file, Exception why);

    /** Nothing more will be kept. */
    void closed(Keeper keeper);
  }

  /**
   * @param fingerprint that files carry
   */
  Keeper(
      FileSystem fs,
      Path directory,
      Work work,
      Fingerprint fingerprint,
      double leastRest,
      Listener listener) {
    this.listener = listener;
    this.fs = fs;
    this.directory = directory;
    this.work = work;
    this.fingerprint = fingerprint;
    leastRestNanos = (long) (leastRest * 1e9);
  }

  /** Hands the work what files hold of it; what cannot be read is told and left. */
  void restore() throws IOException {
    long start = System.nanoTime();
    FileStatus[] found = fs.listStatus(directory, path -> path.getName().startsWith(PREFIX));
    Arrays.sort(found, Comparator.comparing(file -> file.getPath().getName()));
    for (FileStatus file : found) {
      PieceFile.read(fs, file.getPath(), fingerprint, work.largestPiece(), work::restore)
          .ifPresent(why -> listener.unreadable(file.getPath(), why, work));
    }
    seconds += (System.nanoTime() - start) * 1e-9;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized void keep() {
    long rest = leastRestNanos;
    while (!closing) {
      long end = System.nanoTime() + rest;
      for (long left = rest; left > 0 && !closing; left = end - System.nanoTime()) {
        try {
          wait(left / 1_000_000 + 1);
        } catch (InterruptedException e) {
          return;
        }
      }
      if (!closing) {
        rest = Math.max(leastRestNanos, REST * save());
      }
    }
  }

  /** Nanoseconds that it took. */
  private synchronized long save() {
    long start = System.nanoTime();
    Path path = new Path(directory, String.format(Locale.ROOT, "%s%s-%05d", PREFIX, run, files));
    try (Pending pending = new Pending(path)) {
      work.save(pending);
      pending.end();
    } catch (IOException | RuntimeException e) {
      listener.unwritten(path, e);
    }
    long took = System.nanoTime() - start;
    seconds += took * 1e-9;
    return took;
  }

  /** A file that is begun with its first piece. */
  private final class Pending implements Work.Pieces, AutoCloseable {
    private final Path path;
    private @Nullable AtomicFile file;
    private PieceFile.@Nullable Writer writer;

    Pending(Path path) {
      this.path = path;
    }

    @Override
    public void put(ByteBuffer piece) throws IOException {
      if (writer == null) {
        file = new AtomicFile(fs, path);
        writer = new PieceFile.Writer(file.out(), fingerprint);
      }
      writer.put(piece);
    }

    void end() throws IOException {
      if (file != null && writer != null) {
        writer.end();
        file.complete();
        files++;
      }
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }

  Work work() {
    return work;
  }

  /** Seconds spent with files. */
  synchronized double seconds() {
    return seconds;
  }

  @Override
  public void close() {
    if (end()) {
      listener.closed(this);
    }
  }

  private synchronized boolean end() {
    if (closing) {
      return false;
    }
    closing = true;
    notifyAll();
    save();
    return true;
  }
}
