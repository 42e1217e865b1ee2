package finitewidth.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * A checkpoint in a directory of any Hadoop file system, which jobs may share: each work has a
 * subdirectory of its name and fingerprint. The subdirectory's owner is the result that the work
 * was for; the same result's work of another fingerprint is of no more use and is removed.
 */
public final class CheckpointDirectory implements Checkpoint, AutoCloseable {
  /** After Spark has stopped its tasks, before results are discarded and file systems close. */
  private static final int AFTER_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 12;

  private static final String OWNER = "owner";
  private static final int LONGEST_OWNER = 1 << 13;

  private final FileSystem fs;
  private final Path path;
  private final Settings settings;
  private final Consumer<String> say;
  private final List<String> warnings = new ArrayList<>();
  private final List<Path> used = new ArrayList<>();
  private final List<Keeper> open = new ArrayList<>();
  private final Runnable onShutdown = this::closeAll;
  private boolean made;
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
   * Opens a directory, which is made if need be.
   *
   * @param say takes what the user should know at once
   * @throws UncheckedIOException if it cannot be written, in one sentence
   */
  public static CheckpointDirectory open(
      FileSystem fs, Path path, Settings settings, Consumer<String> say) {
    CheckpointDirectory directory = new CheckpointDirectory(fs, path, settings, say);
    try {
      directory.made = !fs.exists(path);
      if (!fs.mkdirs(path)) {
        throw new IOException("no directory could be made");
      }
    } catch (IOException e) {
      throw directory.unusable(e);
    }
    ShutdownHookManager.get().addShutdownHook(directory.onShutdown, AFTER_SPARK);
    return directory;
  }

  private UncheckedIOException unusable(IOException e) {
    return new UncheckedIOException(settings.key() + " cannot be used: " + e.getMessage(), e);
  }

  @Override
  public boolean keeps() {
    return true;
  }

  /**
   * @throws UncheckedIOException if nothing can be written there, in one sentence
   */
  @Override
  public Keeping open(Work work) {
    String kind = work.name().replace(' ', '-') + "-";
    Fingerprint fingerprint =
        Fingerprint.of("finite-width")
            .add(PieceFile.VERSION)
            .add(settings.circumstances())
            .add(work.fingerprint())
            .done();
    Path directory = new Path(path, kind + fingerprint);
    Keeper keeper =
        new Keeper(
            fs, directory, work, fingerprint, settings.leastRest(), this::warn, this::closed);
    try {
      removeStale(kind, directory, work);
      if (fs.exists(directory)) {
        keeper.restore();
        say.accept("checkpoint: found " + work.found());
      } else if (!fs.mkdirs(directory)) {
        throw new IOException("no directory could be made");
      }
      own(directory);
    } catch (IOException e) {
      throw unusable(e);
    }
    synchronized (this) {
      used.add(directory);
      open.add(keeper);
    }
    keeper.start();
    return keeper;
  }

  private synchronized void closed(Keeper keeper) {
    open.remove(keeper);
    coreSeconds += keeper.work().coreSeconds();
    restoredSeconds += keeper.work().restoredSeconds();
    seconds += keeper.seconds();
  }

  private void removeStale(String kind, Path current, Work work) throws IOException {
    for (FileStatus other : fs.listStatus(path)) {
      Path directory = other.getPath();
      if (other.isDirectory()
          && directory.getName().startsWith(kind)
          && !directory.getName().equals(current.getName())
          && owner(directory).equals(settings.owner())) {
        warn(
            String.format(
                Locale.ROOT,
                "checkpoint: what is kept of the %s is of other data, another configuration or"
                    + " another version; it is removed and the work started afresh",
                work.name()));
        fs.delete(directory, true);
      }
    }
  }

  /** The result that a directory's work is for; empty where that cannot be told. */
  private String owner(Path directory) throws IOException {
    try (InputStream in = fs.open(new Path(directory, OWNER))) {
      return new String(in.readNBytes(LONGEST_OWNER), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      return "";
    }
  }

  private void own(Path directory) throws IOException {
    Path file = new Path(directory, OWNER);
    if (fs.exists(file)) {
      return;
    }
    try (AtomicFile owner = new AtomicFile(fs, file)) {
      owner.out().write(settings.owner().getBytes(StandardCharsets.UTF_8));
      owner.complete();
    }
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
      for (Path directory : used) {
        fs.delete(directory, true);
      }
      for (FileStatus other : fs.listStatus(path)) {
        if (other.isDirectory() && owner(other.getPath()).equals(settings.owner())) {
          fs.delete(other.getPath(), true);
        }
      }
      if (made && fs.listStatus(path).length == 0) {
        fs.delete(path, false);
      }
    } catch (IOException e) {
      say.accept(settings.key() + ": what is kept cannot be removed: " + e.getMessage());
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
