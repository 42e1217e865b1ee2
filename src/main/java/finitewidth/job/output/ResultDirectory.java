package finitewidth.job.output;

import finitewidth.job.cli.SparkFailure;
import finitewidth.job.config.OutputConfig;
import finitewidth.job.console.RunId;
import finitewidth.storage.Kind;
import finitewidth.storage.Places;
import finitewidth.storage.Reason;
import finitewidth.storage.Tree;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * The output directory while it is being written: a hidden sibling, which takes the target's name
 * when it is complete and vanishes when the job fails or is told to stop.
 *
 * <p>An old result stays in place until the new one is complete. A symbolic link is followed: the
 * result is written where it leads.
 */
public final class ResultDirectory implements Closeable {
  /** After Spark has stopped its tasks, before Hadoop closes its file systems. */
  private static final int AFTER_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 10;

  private final OutputPlace place;
  private final FileSystem fs;
  private final RunId run;
  private final ResultMark mark;
  private final Consumer<String> say;
  private final Path draft;
  private final Path retired;
  private final List<Path> createdParents;
  private final List<OutputLock> lock = new ArrayList<>(1);
  private final Runnable onShutdown = this::discard;
  private boolean begun;
  private boolean done;

  private ResultDirectory(OutputPlace place, RunId run, Consumer<String> say) throws IOException {
    this.place = place;
    this.fs = place.fs();
    this.run = run;
    this.mark = ResultMark.begun(run);
    this.say = say;
    String unique = UUID.randomUUID().toString().substring(0, 8);
    this.draft = Leftovers.draft(place.target(), unique);
    this.retired = Leftovers.retired(place.target(), unique);
    this.createdParents = missingParents();
  }

  /**
   * Makes room for a result, before anything is read or computed.
   *
   * @param inputs paths that an overwritten result must not take with it
   * @param run that writes the result
   * @param say takes what is to be known of the target's place
   * @throws finitewidth.job.config.ConfigException if the target exists and may not be, or must not
   *     be, replaced
   * @throws StorageException if the target's place cannot be written
   */
  public static ResultDirectory reserve(
      Configuration hadoop,
      OutputConfig output,
      List<Path> inputs,
      RunId run,
      Consumer<String> say) {
    try {
      OutputPlace place = OutputPlace.of(hadoop, output, inputs);
      place.refuseWhatIsThere();
      ResultDirectory result = new ResultDirectory(place, run, say);
      ShutdownHookManager.get().addShutdownHook(result.onShutdown, AFTER_SPARK);
      try {
        result.begin();
      } catch (IOException | RuntimeException | FSError e) {
        result.close();
        throw e;
      }
      return result;
    } catch (IOException | IllegalArgumentException | FSError e) {
      throw new StorageException(
          "output.path = " + output.path() + " cannot be written: " + Reason.of(e), e);
    }
  }

  /** Locks the target, clears up what an interrupted job has left there, and makes the draft. */
  private void begin() throws IOException {
    Places.makeDirectory(fs, place.target().getParent());
    lock.add(OutputLock.take(fs, place.target(), run, OutputLock.BEAT));
    new Leftovers(fs, place.target(), say).clear();
    place.refuseWhatIsThere();
    if (Kind.of(fs, draft) != Kind.NOTHING) {
      throw new IOException("there is something at " + draft);
    }
    begun = true;
    Places.makeDirectory(fs, draft);
    write(ResultMark.NAME, mark.text());
  }

  /** Says in the lock which application is writing. */
  public void writtenBy(String application) {
    lock.forEach(held -> held.heldBy(application));
  }

  /** Where Spark may write a part of the result. */
  String path(String name) {
    return within(name).toString();
  }

  /** Has Spark write a part of the result. */
  public void part(String name, Consumer<String> writer) {
    written(
        name,
        path -> {
          writer.accept(path);
          return true;
        });
  }

  /**
   * Has Spark write a part of the result.
   *
   * @return what the writer says of it
   * @throws StorageException if it does not fit there
   */
  public <T> T written(String name, Function<String, T> writer) {
    try {
      return writer.apply(path(name));
    } catch (Exception | FSError e) {
      // Spark, in Scala, throws checked exceptions that nobody declares.
      Optional<Throwable> why = SparkFailure.unwritten(e);
      if (why.isPresent()) {
        throw unwritten(name, why.get());
      }
      throw e;
    }
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

  /** Fills a file. */
  @FunctionalInterface
  public interface Content {
    void to(OutputStream out) throws IOException;
  }

  /** Writes a text file of the result; parent directories are made as needed. */
  public void write(String name, String text) {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes a file of the result; parent directories are made as needed. */
  public void write(String name, Content content) {
    try (OutputStream out = fs.create(within(name), true)) {
      content.to(out);
    } catch (IOException | FSError e) {
      throw unwritten(name, e);
    }
  }

  private StorageException unwritten(String name, Throwable why) {
    return new StorageException(
        "output.path = " + target() + ": " + name + " cannot be written: " + Reason.of(why), why);
  }

  /**
   * Gives the finished result its name.
   *
   * @throws StorageException if that fails; an old result is then where it was
   */
  public synchronized void complete() {
    if (done) {
      throw new IllegalStateException("the result is complete or discarded already");
    }
    try {
      for (OutputLock held : lock) {
        held.requireHeld();
      }
      if (!isOurDraft()) {
        throw new IOException("somebody has removed the incomplete result, " + draft);
      }
      write(ResultMark.NAME, mark.complete(fs, draft).text());
      boolean replaces = place.replaceable();
      if (replaces) {
        retire();
      }
      try {
        Places.rename(fs, draft, place.target());
      } catch (IOException e) {
        if (replaces) {
          giveBack(e);
        }
        throw e;
      }
      done = true;
      ShutdownHookManager.get().removeShutdownHook(onShutdown);
    } catch (IOException | FSError e) {
      throw new StorageException("output.path = " + target() + ": " + Reason.of(e), e);
    }
    tidy(() -> new Tree(fs, retired).delete(ResultMark.NAME));
    tidy(this::release);
  }

  private boolean isOurDraft() throws IOException {
    return ResultMark.read(fs, draft).filter(found -> found.run().equals(mark.run())).isPresent();
  }

  /** Takes the old result away, and looks again at what it then has. */
  private void retire() throws IOException {
    Places.rename(fs, place.target(), retired);
    Optional<String> objection = Replaceable.objection(fs, retired);
    if (objection.isPresent()) {
      IOException changed = new IOException("it " + objection.get() + ", so it stays");
      giveBack(changed);
      throw changed;
    }
  }

  private void giveBack(IOException why) throws IOException {
    try {
      Places.rename(fs, retired, place.target());
    } catch (IOException e) {
      why.addSuppressed(e);
      throw new IOException(Reason.of(why) + "; what was there is now " + retired, why);
    }
  }

  /** What may fail without harm to a result that is complete, or is none. */
  @FunctionalInterface
  private interface Tidying {
    void run() throws IOException;
  }

  private void tidy(Tidying tidying) {
    try {
      tidying.run();
    } catch (IOException | FSError e) {
      say.accept("output.path = " + target() + ": " + Reason.of(e));
    }
  }

  /** Whether a path is, or is to be, a part of the result. */
  public boolean holds(Path path) {
    return place.holds(path);
  }

  /** The finished result's path, with its file system. */
  public String uri() {
    return place.named().toString();
  }

  /** The finished result's path, for messages. */
  public String target() {
    return uri().replaceFirst("^file:/+", "/");
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
    if (begun) {
      tidy(() -> new Tree(fs, draft).delete(ResultMark.NAME));
    }
    tidy(this::release);
    tidy(this::removeParents);
    return true;
  }

  private void release() throws IOException {
    for (OutputLock held : lock) {
      held.close();
    }
  }

  private void removeParents() throws IOException {
    for (Path parent : createdParents) {
      if (Kind.of(fs, parent) != Kind.DIRECTORY || !new Tree(fs, parent).top().isEmpty()) {
        return;
      }
      fs.delete(parent, false);
    }
  }

  /** Directories above the target that do not exist yet, innermost first. */
  private List<Path> missingParents() throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path up = place.target().getParent();
        up != null && Kind.of(fs, up) == Kind.NOTHING;
        up = up.getParent()) {
      missing.add(up);
    }
    return missing;
  }
}
