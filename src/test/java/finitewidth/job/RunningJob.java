package finitewidth.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A job that runs through submit.sh in the background, to be interrupted. */
final class RunningJob implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300;

  private final Process process;
  private final Path out;
  private final Path err;

  private RunningJob(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts a verb on a configuration, from the project's directory. */
  static RunningJob start(
      Path scratch, Map<String, String> environment, String verb, String config, List<String> more)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("./submit.sh", verb, "--config", config));
    command.addAll(more);
    return start(scratch, environment, command);
  }

  /** Starts any command. */
  static RunningJob start(Path scratch, Map<String, String> environment, List<String> command)
      throws IOException {
    Path out = Files.createTempFile(scratch, "stdout", "");
    Path err = Files.createTempFile(scratch, "stderr", "");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new RunningJob(builder.start(), out, err);
  }

  /** Waits until a file of this pattern is there, while the job runs. */
  void await(Path directory, String glob) throws IOException, InterruptedException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    await(glob, () -> isThere(directory, matcher));
  }

  /** What may become true. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Waits until something is so, while the job runs. */
  void await(String what, Condition condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.holds()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("no " + what + " before the job's end: " + Files.readString(err));
      }
      Thread.sleep(10);
    }
  }

  /** Whether a file of this pattern is there. */
  static boolean sees(Path directory, String glob) throws IOException {
    return isThere(directory, FileSystems.getDefault().getPathMatcher("glob:" + glob));
  }

  private static boolean isThere(Path directory, PathMatcher matcher) throws IOException {
    if (!Files.exists(directory)) {
      return false;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.anyMatch(path -> matcher.matches(directory.relativize(path)));
    } catch (UncheckedIOException e) {
      // A file went while it was looked at.
      return false;
    }
  }

  /** What it has said so far. */
  String err() throws IOException {
    return Files.readString(err);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The Java process: submit.sh becomes it, or waits for it. */
  private Stream<ProcessHandle> processes() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    processes().forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** How it ended. */
  Submission end() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      kill();
      throw new IOException("no end in sight: " + Files.readString(err));
    }
    return new Submission(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Leaves no process behind. */
  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      kill();
    }
  }
}
