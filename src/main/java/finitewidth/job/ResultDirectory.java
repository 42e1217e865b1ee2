package finitewidth.job;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * The output directory while it is being written: a hidden sibling, which takes the target's name
 * when it is complete and vanishes when the job fails or is told to stop.
 *
 * <p>An old result stays in place until the new one is complete.
 */
final class ResultDirectory implements Closeable {
  /** After Spark has stopped its tasks, before Hadoop closes its file systems. */
  private static final int AFTER_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 10;

  private final FileSystem fs;
  private final Path target;
  private final boolean overwrite;
  private final Consumer<String> say;
  private final Path draft;
  private final Path retired;
  private final List<Path> createdParents;
  private final List<OutputLock> lock = new ArrayList<>(1);
  private final Runnable onShutdown = this::discard;
  private boolean done;

  private ResultDirectory(FileSystem fs, Path target, boolean overwrite, Consumer<String> say)
      throws IOException {
    this.fs = fs;
    this.target = target;
    this.overwrite = overwrite;
    this.say = say;
    String unique = UUID.randomUUID().toString().substring(0, 8);
    this.draft = Leftovers.draft(target, unique);
    this.retired = Leftovers.retired(target, unique);
    this.createdParents = missingParents();
  }

  /**
   * Makes room for a result, before anything is read or computed.
   *
   * @param inputs paths that an overwritten result must not take with it
   * @param say takes what is to be known of the target's place
   * @throws ConfigException if the target exists and may not be, or must not be, replaced
   * @throws StorageException if the target's place cannot be written
   */
  static ResultDirectory reserve(
      Configuration hadoop, OutputConfig output, List<Path> inputs, Consumer<String> say) {
    try {
      Path given = new Path(output.path());
      FileSystem fs = given.getFileSystem(hadoop);
      Path target = Places.normalized(fs.makeQualified(given));
      if (target.isRoot() || target.getName().equals("..")) {
        throw new ConfigException(
            "output.path = " + output.path() + " is a root; name a directory");
      }
      if (fs.exists(target)) {
        refuseExisting(fs, target, output, inputs);
      }
      ResultDirectory result = new ResultDirectory(fs, target, output.overwrite(), say);
      ShutdownHookManager.get().addShutdownHook(result.onShutdown, AFTER_SPARK);
      try {
        result.begin(output, inputs);
      } catch (IOException | RuntimeException e) {
        result.close();
        throw e;
      }
      return result;
    } catch (IOException | IllegalArgumentException e) {
      throw new StorageException(
          "output.path = " + output.path() + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** Locks the target, clears up what an interrupted job has left there, and makes the draft. */
  private void begin(OutputConfig output, List<Path> inputs) throws IOException {
    if (!fs.mkdirs(target.getParent())) {
      throw new IOException("no directory could be made");
    }
    lock.add(OutputLock.take(fs, target, OutputLock.Patience.STANDARD, say));
    new Leftovers(fs, target).clear();
    if (fs.exists(target)) {
      refuseExisting(fs, target, output, inputs);
    }
    if (!fs.mkdirs(draft)) {
      throw new IOException("no directory could be made");
    }
  }

  /** Says in the lock which application is writing. */
  void writtenBy(String application) {
    lock.forEach(held -> held.heldBy(application));
  }

  private static void refuseExisting(
      FileSystem fs, Path target, OutputConfig output, List<Path> inputs) throws IOException {
    if (!output.overwrite()) {
      throw new ConfigException(
          "output.path = "
              + output.path()
              + " exists; choose another path, or output.overwrite=true to replace it");
    }
    List<Path> kept = new ArrayList<>(inputs);
    kept.add(fs.getWorkingDirectory());
    kept.add(fs.getHomeDirectory());
    for (Path path : kept) {
      if (Places.isWithin(path, target)
          || Places.isWithin(Places.real(path), Places.real(target))) {
        throw new ConfigException(
            "output.path = " + output.path() + " holds " + path + " and so cannot be replaced");
      }
    }
  }

  /** Where Spark may write a part of the result. */
  String path(String name) {
    return within(name).toString();
  }

  /**
   * A part of the result.
   *
   * @throws IllegalArgumentException if that name leads out of it
   */
  private Path within(String name) {
    Path part = Places.normalized(new Path(draft + "/" + name));
    if (part.equals(draft) || !Places.isWithin(part, draft)) {
      throw new IllegalArgumentException(name + " is no part of a result");
    }
    return part;
  }

  /** Writes a text file of the result; parent directories are made as needed. */
  void write(String name, String text) {
    try (OutputStream out = create(name)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new StorageException(target + ": " + name + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** A file of the result, to be filled and closed by the caller. */
  OutputStream create(String name) throws IOException {
    return fs.create(within(name), true);
  }

  /**
   * Gives the finished result its name.
   *
   * @throws StorageException if that fails; an old result is then where it was
   */
  synchronized void complete() {
    if (done) {
      throw new IllegalStateException("the result is complete or discarded already");
    }
    try {
      for (OutputLock held : lock) {
        held.requireHeld();
      }
      boolean exists = fs.exists(target);
      if (exists && !overwrite) {
        throw new IOException("another job wrote it in the meantime");
      }
      if (exists) {
        rename(target, retired);
      }
      try {
        rename(draft, target);
      } catch (IOException e) {
        if (exists) {
          rename(retired, target);
        }
        throw e;
      }
      done = true;
      ShutdownHookManager.get().removeShutdownHook(onShutdown);
      if (exists) {
        fs.delete(retired, true);
      }
      release();
    } catch (IOException e) {
      throw new StorageException("output.path = " + target + ": " + e.getMessage(), e);
    }
  }

  /** Whether a path is, or is to be, a part of the result. */
  boolean holds(Path path) {
    return Places.isWithin(Places.normalized(path), target)
        || Places.isWithin(Places.real(path), Places.real(target));
  }

  /** The finished result's path, with its file system. */
  String uri() {
    return target.toString();
  }

  /** The finished result's path, for messages. */
  String target() {
    return target.toString().replaceFirst("^file:/+", "/");
  }

  /** Removes what is there of an incomplete result; does nothing after {@link #complete}. */
  @Override
  public void close() {
    if (discard() && !ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(onShutdown);
    }
  }

  private synchronized boolean discard() {
    if (done) {
      return false;
    }
    done = true;
    try {
      fs.delete(draft, true);
      release();
      for (Path parent : createdParents) {
        if (fs.exists(parent) && fs.listStatus(parent).length == 0) {
          fs.delete(parent, false);
        }
      }
    } catch (IOException e) {
      say.accept(draft + " cannot be removed: " + e.getMessage());
    }
    return true;
  }

  private void release() throws IOException {
    for (OutputLock held : lock) {
      held.close();
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!fs.rename(from, to)) {
      throw new IOException(from + " cannot be renamed to " + to);
    }
  }

  /** Directories above the target that do not exist yet, innermost first. */
  private List<Path> missingParents() throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path up = target.getParent(); up != null && !fs.exists(up); up = up.getParent()) {
      missing.add(up);
    }
    return missing;
  }
}
