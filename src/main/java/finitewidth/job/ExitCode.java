package finitewidth.job;

import finitewidth.data.DataException;
import finitewidth.linalg.NumericsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a job ended, for the shell that started it. */
enum ExitCode {
  DONE(0, "done"),
  CONFIGURATION(2, "configuration or usage"),
  DATA(3, "data"),
  NUMERICS(4, "numerics: not positive definite, or outside the expansion with strict=true"),
  STORAGE(5, "Spark or storage, or memory that cannot suffice");

  /** 52 is the exit code of an executor that ran out of memory. */
  private static final Pattern FULL_HEAP =
      Pattern.compile(
          "OutOfMemoryError|(exited with|exit) code 52\\b|possible container OOM"
              + "|exceeding \\w* ?memory limits");

  /** What is thrown at whoever computes when Spark has given up by itself. */
  private static final Pattern GIVEN_UP =
      Pattern.compile(
          "stopped SparkContext|SparkContext (was|has been) shut ?down|SparkContext was stopped"
              + "|Master removed our application|masters are unresponsive");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }

  /**
   * What a failure was at bottom: the innermost cause that is a mistake with a sentence of its own,
   * whether it was thrown on the driver or, wrapped by Spark, in a task.
   */
  static Optional<Failure> explained(Throwable thrown) {
    Optional<Failure> innermost = Optional.empty();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Optional<ExitCode> code = of(cause);
      if (code.isPresent()) {
        Optional<Failure> found = Optional.of(new Failure(code.get(), sentence(cause)));
        if (code.get() != STORAGE || innermost.isEmpty()) {
          innermost = found;
        }
        if (code.get() != STORAGE) {
          break;
        }
      }
    }
    return innermost.or(() -> fullHeap(thrown)).or(() -> givenUp(thrown));
  }

  /** What the system says of its files alone, such as "No space left on device", is no sentence. */
  private static String sentence(Throwable cause) {
    String message = Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
    boolean bare =
        (cause instanceof IOException || cause instanceof UncheckedIOException)
            && !message.contains("/");
    return bare ? "Spark could not read or write a file: " + message : message;
  }

  /** What Spark reports of an executor whose memory was full. */
  private static Optional<Failure> fullHeap(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError || FULL_HEAP.matcher(cause.toString()).find()) {
        return Optional.of(
            new Failure(
                STORAGE,
                "the memory of an executor was not enough: give more with -- --executor-memory (with"
                    + " --driver-memory where the driver computes itself), or fewer tasks at a time"
                    + " with --executor-cores"));
      }
    }
    return Optional.empty();
  }

  /**
   * Executors that do not start, or a master that is not there, end the application under the job.
   */
  static Optional<Failure> givenUp(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (GIVEN_UP.matcher(cause.toString()).find()) {
        return Optional.of(
            new Failure(
                STORAGE,
                "Spark has given the application up, as it does when no master answers or no executor"
                    + " starts: look at what it said above, and at the logs of workers (docs/cluster.md)"));
      }
    }
    return Optional.empty();
  }

  /** A failure with the one sentence that explains it. */
  record Failure(ExitCode code, String sentence) {}

  private static Optional<ExitCode> of(Throwable cause) {
    if (cause instanceof ConfigException) {
      return Optional.of(CONFIGURATION);
    }
    if (cause instanceof DataException) {
      return Optional.of(DATA);
    }
    if (cause instanceof NumericsException) {
      return Optional.of(NUMERICS);
    }
    boolean storage =
        cause instanceof StorageException
            || cause instanceof MemoryException
            || cause instanceof IOException
            || cause instanceof UncheckedIOException;
    return storage ? Optional.of(STORAGE) : Optional.empty();
  }
}
