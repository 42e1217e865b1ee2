package finitewidth.job.output;

import finitewidth.job.console.RunId;
import finitewidth.storage.Kind;
import finitewidth.storage.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * A file beside the output that says who is writing it, so that of two jobs on one path the second
 * is refused.
 *
 * <p>It is written again every ten seconds, and stale when its process, on this machine, has ended;
 * one from elsewhere, when it is two minutes old. Two jobs that come upon a stale lock in the same
 * instant, or where a store does not look before it creates, may both believe that they have it;
 * all but the last to write find out before they complete.
 */
final class OutputLock implements AutoCloseable {
  /** Milliseconds until it is written again. */
  static final long BEAT = 10_000;

  /** Milliseconds without that until it is stale: many beats, and what clocks differ by. */
  static final long STALE = 120_000;

  private static final int LONGEST = 1 << 10;
  private static final int TRIES = 5;

  /** Milliseconds between creating a lock and writing it, at most. */
  private static final long BRIEF = 20;

  private final FileSystem fs;
  private final Path file;
  private final Timer timer = new Timer("output lock", true);
  private LockHolder self;

  /** What is in the file, and when it was written. */
  private record Seen(Optional<LockHolder> holder, long length, long written) {}

  /** Another job has the lock. */
  static final class Busy extends IOException {
    private static final long serialVersionUID = 1L;

    Busy(String message) {
      super(message);
    }
  }

  private OutputLock(FileSystem fs, Path file, RunId run) {
    this.fs = fs;
    this.file = file;
    this.self = LockHolder.self(run);
  }

  /**
   * Takes the lock of an output whose parent directory is there.
   *
   * @param beat milliseconds between two signs of life
   * @throws Busy if another job has it
   */
  static OutputLock take(FileSystem fs, Path target, RunId run, long beat) throws IOException {
    // Checksum files beside it would be two files to write.
    FileSystem raw = fs instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : fs;
    Path file = new Path(target.getParent(), "." + target.getName() + ".lock");
    OutputLock lock = new OutputLock(raw, file, run);
    lock.acquire();
    TimerTask life =
        new TimerTask() {
          @Override
          public void run() {
            lock.beat();
          }
        };
    lock.timer.schedule(life, beat, beat);
    return lock;
  }

  private void acquire() throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      if (create() && isHeld()) {
        return;
      }
      Optional<Seen> seen = look();
      if (seen.isPresent() && isLock(seen.get())) {
        if (!isStale(seen.get())) {
          throw busy(seen);
        }
        if (look().equals(seen)) {
          fs.delete(file, false);
        }
      } else {
        // Another job may be about to write it.
        pause();
      }
    }
    Optional<Seen> seen = look();
    throw seen.isEmpty() || isLock(seen.get()) ? busy(seen) : noLock("holds something else");
  }

  private static boolean isStale(Seen seen) {
    return seen.holder()
        .flatMap(LockHolder::lives)
        .map(lives -> !lives)
        .orElse(System.currentTimeMillis() - seen.written() > STALE);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(BRIEF);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for its lock", e);
    }
  }

  private boolean create() throws IOException {
    try {
      if (fs instanceof RawLocalFileSystem local) {
        createLocal(local.pathToFile(file).toPath());
      } else {
        write(false);
      }
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Hadoop's looks first and creates then. */
  private void createLocal(java.nio.file.Path path) throws IOException {
    Files.createFile(path);
    try {
      Files.write(path, self.text(), StandardOpenOption.WRITE);
    } catch (IOException e) {
      // It is ours, and would say nothing.
      Files.delete(path);
      throw e;
    }
  }

  private void write(boolean over) throws IOException {
    try (OutputStream out = fs.create(file, over)) {
      out.write(self.text());
    }
  }

  private Optional<Seen> look() throws IOException {
    Kind kind = Kind.of(fs, file);
    if (kind == Kind.NOTHING) {
      return Optional.empty();
    }
    if (kind != Kind.FILE) {
      throw noLock("is " + kind);
    }
    try (InputStream in = fs.open(file)) {
      byte[] text = in.readNBytes(LONGEST);
      long written = fs.getFileStatus(file).getModificationTime();
      return Optional.of(new Seen(LockHolder.read(text), text.length, written));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (FSError e) {
      throw Reason.exception(e);
    }
  }

  private boolean isLock(Seen seen) {
    return seen.holder().isPresent() || isCutShort(seen);
  }

  /** A client that dies while it writes, or finds no room, may leave an empty file of a store. */
  private boolean isCutShort(Seen seen) {
    return !(fs instanceof RawLocalFileSystem) && seen.length() == 0;
  }

  private boolean isHeld() throws IOException {
    return look().filter(seen -> isCutShort(seen) || isOurs(seen)).isPresent();
  }

  private boolean isOurs(Seen seen) {
    return seen.holder().filter(holder -> holder.run().equals(self.run())).isPresent();
  }

  private IOException noLock(String why) {
    return new IOException(
        file + " " + why + ", not the lock of a job; move it away, or choose another path");
  }

  private Busy busy(Optional<Seen> seen) {
    return new Busy(
        "another job is writing it"
            + seen.flatMap(Seen::holder).map(some -> " (" + some + ")").orElse("")
            + "; wait for that, or choose another path (its lock is "
            + file
            + ")");
  }

  private synchronized void beat() {
    try {
      if (!isHeld()) {
        return;
      }
      if (fs instanceof RawLocalFileSystem local) {
        // In its place: its text never gets shorter, and needs no room that a full disk has not.
        Files.write(local.pathToFile(file).toPath(), self.text(), StandardOpenOption.WRITE);
      } else {
        write(true);
      }
    } catch (IOException | FSError e) {
      // Storage that does not answer lets nobody else in either; the next beat tries again.
      return;
    }
  }

  /** Says in the lock which application holds it. */
  synchronized void heldBy(String application) {
    self = self.in(application);
    beat();
  }

  /**
   * Makes sure that nobody else has taken it.
   *
   * @throws Busy if somebody has
   */
  synchronized void requireHeld() throws IOException {
    if (!isHeld()) {
      Optional<Seen> seen = look();
      throw seen.isPresent()
          ? busy(seen)
          : new Busy("somebody has removed its lock, " + file + "; another job may be writing it");
    }
  }

  /** Gives it back. */
  @Override
  public synchronized void close() throws IOException {
    timer.cancel();
    if (isHeld()) {
      fs.delete(file, false);
    }
  }
}
