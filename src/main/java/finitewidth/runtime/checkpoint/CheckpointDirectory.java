package finitewidth.runtime.checkpoint;

import finitewidth.inference.work.Checkpoint;
import finitewidth.inference.work.Fingerprint;
import finitewidth.inference.work.Work;
import finitewidth.storage.Kind;
import finitewidth.storage.Places;
import finitewidth.storage.Reason;
import finitewidth.storage.Tree;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A checkpoint in a directory of any Hadoop file system, which jobs may share: each work has a
 * subdirectory of its name and fingerprint. The subdirectory's owner is the result that the work
 * was for; the same result's work of another fingerprint is of no more use and is removed.
 */
public final class CheckpointDirectory implements Checkpoint, AutoCloseable {
  /** After Spark has stopped its tasks, before results are discarded and file systems close. */
  private static final int AFTER_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 12;

  /** A file that is written to see whether files can be. */
  private static final String PROBE = "writable";

  /** Milliseconds after which the probe of another job is of one that was killed. */
  private static final long OLD_PROBE = 10_000;

  private final FileSystem fs;
  private final Path path;
  private final Settings settings;
  private final Consumer<String> say;
  private final List<String> warnings = new ArrayList<>();
  private final List<WorkDirectory> used = new ArrayList<>();
  private final List<Keeper> open = new ArrayList<>();
  private final Runnable onShutdown = this::closeAll;
  private boolean made;
  private boolean unwritten;
  private double coreSeconds;
  private double restoredSeconds;
  private double seconds;

  /**
   * How work is kept.
   *
   * @param key what the user calls the path, with its value
   * @param owner the result that the work is for
   * @param circumstances what else the bits of all work depend on
   * @param leastRest seconds between two writes, at least
   */
  public record Settings(String key, String owner, Fingerprint circumstances, double leastRest) {}

  private CheckpointDirectory(FileSystem fs, Path path, Settings settings, Consumer<String> say) {
    this.fs = fs;
    this.path = path;
    this.settings = settings;
    this.say = say;
  }

  /**
   * Opens a directory, which is made if need be. Where there is no room the job goes on without.
   *
   * @param say takes what the user should know at once
   * @throws UncheckedIOException if it cannot be written, in one sentence
   */
  public static CheckpointDirectory open(
      FileSystem fs, Path path, Settings settings, Consumer<String> say) {
    CheckpointDirectory directory = new CheckpointDirectory(fs, path, settings, say);
    try {
      directory.made = Kind.of(fs, path) == Kind.NOTHING;
      Places.makeDirectory(fs, path);
      directory.tryOut();
    } catch (IOException e) {
      if (!Reason.isFull(e, path)) {
        throw new UncheckedIOException(settings.key() + " cannot be used: " + Reason.of(e), e);
      }
      directory.unwritten(path.toString(), Reason.of(e));
    }
    ShutdownHookManager.get().addShutdownHook(directory.onShutdown, AFTER_SPARK);
    return directory;
  }

  /** A directory that is there may still be somebody else's, or on a disk that is read-only. */
  private void tryOut() throws IOException {
    try (AtomicFile file = new AtomicFile(fs, new Path(path, PROBE))) {
      file.out().write(0);
      file.out().flush();
      removeOldProbes();
    }
  }

  /** Of jobs that were killed while they tried; age is by the file system's clock. */
  private void removeOldProbes() throws IOException {
    FileStatus[] probes = fs.listStatus(path, one -> one.getName().startsWith("." + PROBE + "."));
    long newest = Arrays.stream(probes).mapToLong(FileStatus::getModificationTime).max().orElse(0);
    for (FileStatus probe : probes) {
      if (probe.getModificationTime() < newest - OLD_PROBE) {
        fs.delete(probe.getPath(), false);
      }
    }
  }

  @Override
  public boolean keeps() {
    return true;
  }

  @Override
  public Keeping open(Work work) {
    Fingerprint fingerprint = fingerprint(work.fingerprint());
    WorkDirectory directory = directory(work.name(), fingerprint);
    Keeper keeper =
        new Keeper(
            fs, directory.path(), work, fingerprint, settings.leastRest(), new FromKeepers());
    try {
      if (take(work.name(), directory)) {
        keeper.restore();
        say.accept("checkpoint: found " + work.found());
      }
    } catch (IOException e) {
      unwritten(directory.path().toString(), Reason.of(e));
    }
    synchronized (this) {
      open.add(keeper);
    }
    keeper.start();
    return keeper;
  }

  /** Files of work that its tasks keep themselves; empty where they cannot be written. */
  Optional<TaskFiles> files(JavaSparkContext spark, String name, Fingerprint work) {
    Fingerprint fingerprint = fingerprint(work);
    WorkDirectory directory = directory(name, fingerprint);
    try {
      take(name, directory);
      return Optional.of(new TaskFiles(this, spark, name, fingerprint, directory.path()));
    } catch (IOException e) {
      unwritten(directory.path().toString(), Reason.of(e));
      return Optional.empty();
    }
  }

  private Fingerprint fingerprint(Fingerprint work) {
    return Fingerprint.of("finite-width")
        .add(PieceFile.VERSION)
        .add(settings.circumstances())
        .add(work)
        .done();
  }

  private static String kind(String name) {
    return name.replace(' ', '-') + "-";
  }

  private WorkDirectory directory(String name, Fingerprint fingerprint) {
    return new WorkDirectory(fs, new Path(path, kind(name) + fingerprint));
  }

  /** Makes a directory ours; whether it was there already. */
  private boolean take(String name, WorkDirectory directory) throws IOException {
    synchronized (this) {
      used.add(directory);
    }
    removeStale(name, directory.path());
    boolean there = Kind.of(fs, directory.path()) == Kind.DIRECTORY;
    if (!there) {
      Places.makeDirectory(fs, directory.path());
    }
    directory.own(settings.owner());
    return there;
  }

  /** What keepers have to say. */
  private final class FromKeepers implements Keeper.Listener {
    @Override
    public void unreadable(Path file, String why, Work work) {
      CheckpointDirectory.this.unreadable(file.toString(), why, work.name());
    }

    @Override
    public void unwritten(Path file, Exception why) {
      CheckpointDirectory.this.unwritten(file.toString(), Reason.of(why));
    }

    @Override
    public void closed(Keeper keeper) {
      CheckpointDirectory.this.closed(keeper);
    }
  }

  private synchronized void closed(Keeper keeper) {
    open.remove(keeper);
    count(keeper.work().coreSeconds(), keeper.work().restoredSeconds(), keeper.seconds());
  }

  /** Counts work that is done: seconds of all of it, of what was found, and with files. */
  synchronized void count(double core, double restored, double inFiles) {
    coreSeconds += core;
    restoredSeconds += restored;
    seconds += inFiles;
  }

  void unreadable(String file, String why, String work) {
    warn(
        String.format(
            Locale.ROOT,
            "checkpoint: %s is not used: %s; what it held of the %s is computed anew",
            file,
            why,
            work));
  }

  private void removeStale(String kept, Path current) throws IOException {
    for (FileStatus other : fs.listStatus(path)) {
      WorkDirectory directory = new WorkDirectory(fs, other.getPath());
      String name = other.getPath().getName();
      if (name.startsWith(kind(kept))
          && !name.equals(current.getName())
          && directory.isOf(settings.owner())) {
        warn(
            String.format(
                Locale.ROOT,
                "checkpoint: what is kept of the %s is of other data, another configuration or"
                    + " another version; it is removed and the work started afresh",
                kept));
        directory.remove();
      }
    }
  }

  /** Says so once: the job loses more by stopping than by going on. */
  void unwritten(String file, String why) {
    synchronized (warnings) {
      if (unwritten) {
        return;
      }
      unwritten = true;
    }
    warn(
        String.format(
            Locale.ROOT,
            "checkpoint: %s cannot be written (%s); the job goes on, and a rerun would do that"
                + " part again",
            file,
            why));
  }

  private void warn(String warning) {
    synchronized (warnings) {
      warnings.add(warning);
    }
    say.accept(warning);
  }

  /** What the user should know in the end. */
  public List<String> warnings() {
    synchronized (warnings) {
      return List.copyOf(warnings);
    }
  }

  /** Which part of all work that is done had been kept, by what it takes. */
  public synchronized double restored() {
    return coreSeconds == 0 ? 0 : restoredSeconds / coreSeconds;
  }

  /** Seconds spent with files, mostly beside the work itself. */
  public synchronized double seconds() {
    return seconds + open.stream().mapToDouble(Keeper::seconds).sum();
  }

  /**
   * Removes all that is kept for this result, which is complete. A directory that cannot be removed
   * is told and left; it does no harm.
   */
  public void remove() {
    closeAll();
    try {
      for (WorkDirectory directory : used) {
        directory.remove();
      }
      for (FileStatus other : fs.listStatus(path)) {
        WorkDirectory directory = new WorkDirectory(fs, other.getPath());
        if (directory.isOf(settings.owner())) {
          directory.remove();
        }
      }
      if (made && new Tree(fs, path).top().isEmpty()) {
        fs.delete(path, false);
      }
    } catch (FileNotFoundException e) {
      // Somebody was quicker.
      return;
    } catch (IOException e) {
      say.accept(settings.key() + ": what is kept cannot be removed: " + Reason.of(e));
    }
  }

  private void closeAll() {
    List<Keeper> all;
    synchronized (this) {
      all = List.copyOf(open);
    }
    all.forEach(Keeper::close);
  }

  /** Keeps what is finished; what is kept stays. */
  @Override
  public void close() {
    closeAll();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(onShutdown);
    }
  }
}
