package finitewidth.job.output;

import finitewidth.storage.Kind;
import finitewidth.storage.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
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
 * <p>It is created where no other is, and rewritten every few seconds as a sign of life. A lock is
 * dead when its process, on this machine, is; from elsewhere, when it has shown no sign of life
 * while being watched for {@link Patience#dead}: no clocks are compared. Where a store cannot
 * create a file exclusively, two jobs might both believe that they have the lock; all but the last
 * to write find out at their next sign of life, and before they complete.
 */
final class OutputLock implements AutoCloseable {
  private static final int LONGEST = 1 << 13;
  private static final int TRIES = 5;

  /** Milliseconds between creating a lock and writing it, at most. */
  private static final long BRIEF = 20;

  /**
   * How long to wait, in milliseconds.
   *
   * @param beat between signs of life
   * @param dead without sign of life until a lock counts as dead; several beats
   */
  record Patience(long beat, long dead) {
    static final Patience STANDARD = new Patience(10_000, 40_000);
  }

  private final FileSystem fs;
  private final Path file;
  private final Patience patience;
  private final Thread thread = new Thread(this::live, "output lock");
  private LockHolder self = LockHolder.self();
  private boolean released;
  private boolean lost;

  private OutputLock(FileSystem fs, Path file, Patience patience) {
    this.fs = fs;
    this.file = file;
    this.patience = patience;
  }

  /**
   * Takes the lock of an output whose parent directory is there.
   *
   * @param say takes what the user should know while waiting
   * @throws Busy if another job has it
   */
  static OutputLock take(FileSystem fs, Path target, Patience patience, Consumer<String> say)
      throws IOException {
    // Checksum files beside it would be two files to rewrite.
    FileSystem raw = fs instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : fs;
    Path file = new Path(target.getParent(), "." + target.getName() + ".lock");
    OutputLock lock = new OutputLock(raw, file, patience);
    lock.acquire(say);
    lock.thread.setDaemon(true);
    lock.thread.start();
    return lock;
  }

  /** Another job has the lock. */
  static final class Busy extends IOException {
    private static final long serialVersionUID = 1L;

    Busy(String message) {
      super(message);
    }
  }

  private void acquire(Consumer<String> say) throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      if (create() && isHeld()) {
        return;
      }
      Optional<LockHolder> holder = read();
      if (holder.isPresent() && !isLock(holder.get())) {
        // Another job may be about to write it.
        pause(BRIEF);
      } else if (holder.isPresent() && isDead(holder.get(), say)) {
        displace(holder.get());
      }
    }
    Optional<LockHolder> holder = read();
    if (holder.isPresent() && !isLock(holder.get())) {
      throw noLock(file, "holds something else");
    }
    throw busy(holder);
  }

  private boolean isLock(LockHolder holder) throws IOException {
    return holder.saysSo() || isCutShort();
  }

  /** A client that dies while it writes, or finds no room, may leave an empty file of a store. */
  private boolean isCutShort() throws IOException {
    return !(fs instanceof RawLocalFileSystem) && fs.getFileStatus(file).getLen() == 0;
  }

  private Busy busy(Optional<LockHolder> holder) {
    if (lost && holder.isEmpty()) {
      return new Busy("somebody has removed its lock, " + file + "; another job may be writing it");
    }
    return new Busy(
        "another job is writing it"
            + holder.map(some -> " (" + some + ")").orElse("")
            + "; wait for that, or choose another path (its lock is "
            + file
            + ")");
  }

  private boolean create() throws IOException {
    try {
      if (fs instanceof RawLocalFileSystem local) {
        createLocal(local.pathToFile(file).toPath());
      } else {
        try (OutputStream out = fs.create(file, false)) {
          out.write(self.text());
        }
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

  private void rewrite() throws IOException {
    if (fs instanceof RawLocalFileSystem local) {
      // In its place: its text never gets shorter, and needs no room that a full disk has not.
      Files.write(local.pathToFile(file).toPath(), self.text(), StandardOpenOption.WRITE);
    } else {
      try (OutputStream out = fs.create(file, true)) {
        out.write(self.text());
      }
    }
  }

  private Optional<LockHolder> read() throws IOException {
    return read(file);
  }

  private Optional<LockHolder> read(Path path) throws IOException {
    Kind kind = Kind.of(fs, path);
    if (kind == Kind.NOTHING) {
      return Optional.empty();
    }
    if (kind != Kind.FILE) {
      throw noLock(path, "is " + kind);
    }
    try (InputStream in = fs.open(path)) {
      return Optional.of(LockHolder.read(in.readNBytes(LONGEST)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (FSError e) {
      throw Reason.exception(e);
    }
  }

  private static IOException noLock(Path path, String why) {
    return new IOException(
        path + " " + why + ", not the lock of a job; move it away, or choose another path");
  }

  private boolean isHeld() throws IOException {
    Optional<LockHolder> holder = read();
    return holder.isPresent() && (holder.get().id().equals(self.id()) || isCutShort());
  }

  /** Whether it is; false where it went meanwhile. */
  private boolean isDead(LockHolder holder, Consumer<String> say) throws IOException {
    if (holder.isHere()) {
      if (holder.lives()) {
        throw busy(Optional.of(holder));
      }
      return true;
    }
    say.accept(
        "output.path is locked by "
            + holder
            + "; watching for up to "
            + patience.dead() / 1000
            + " s whether that job lives");
    long end = System.nanoTime() + patience.dead() * 1_000_000;
    while (System.nanoTime() < end) {
      pause(Math.max(1, patience.beat() / 10));
      Optional<LockHolder> now = read();
      if (now.isEmpty()) {
        return false;
      }
      if (!now.get().equals(holder)) {
        throw busy(now);
      }
    }
    return true;
  }

  private static void pause(long milliseconds) throws IOException {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for its lock", e);
    }
  }

  /** Takes a dead lock away; whoever renames it first does. */
  private void displace(LockHolder dead) throws IOException {
    Path away = new Path(file.getParent(), file.getName() + "-" + UUID.randomUUID());
    if (!read().equals(Optional.of(dead)) || !renamed(file, away)) {
      return;
    }
    if (read(away).equals(Optional.of(dead))) {
      fs.delete(away, false);
    } else {
      // Another was quicker, and this is its new lock.
      renamed(away, file);
    }
  }

  private boolean renamed(Path from, Path to) throws IOException {
    try {
      return fs.rename(from, to);
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private synchronized void live() {
    while (!released && !lost) {
      try {
        wait(patience.beat());
      } catch (InterruptedException e) {
        return;
      }
      if (!released) {
        beat();
      }
    }
  }

  private synchronized void beat() {
    try {
      if (isHeld()) {
        self = self.next();
        rewrite();
      } else {
        lost = true;
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
    lost = lost || !isHeld();
    if (lost) {
      throw busy(read());
    }
  }

  /** Gives it back. */
  @Override
  public synchronized void close() throws IOException {
    if (released) {
      return;
    }
    released = true;
    notifyAll();
    if (!lost && isHeld()) {
      fs.delete(file, false);
    }
  }
}
