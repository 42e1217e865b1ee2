package finitewidth.job.cli;

import finitewidth.data.DataException;
import finitewidth.job.config.ConfigException;
import finitewidth.job.output.StorageException;
import finitewidth.job.run.MemoryException;
import finitewidth.linalg.NumericsException;
import finitewidth.settings.Fault;
import finitewidth.settings.Naming;
import finitewidth.storage.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;

/** How a job ended, for the shell that started it. */
public enum ExitCode {
  DONE(0, "done"),
  CONFIGURATION(2, "configuration or usage"),
  DATA(3, "data"),
  NUMERICS(4, "numerics: not positive definite, or outside the expansion with strict=true"),
  STORAGE(5, "Spark or storage, or memory that cannot suffice");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }

  /**
   * What a failure was at bottom: the innermost cause that is a mistake with a sentence of its own,
   * whether it was thrown on the driver or, wrapped by Spark, in a task.
   */
  public static Optional<Failure> explained(Throwable thrown) {
    Optional<Failure> innermost =
        SparkFailure.ofItsOwnFiles(thrown).map(why -> new Failure(STORAGE, why));
    if (innermost.isPresent()) {
      return innermost;
    }
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
    return innermost.or(() -> SparkFailure.of(thrown).map(why -> new Failure(STORAGE, why)));
  }

  /** What the system says of its files alone, such as "No space left on device", is no sentence. */
  private static String sentence(Throwable cause) {
    if (cause instanceof Fault fault) {
      return fault.sentence(Naming.KEYS);
    }
    boolean files =
        cause instanceof IOException
            || cause instanceof UncheckedIOException
            || cause instanceof FSError;
    if (!files) {
      return Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
    }
    String reason = Reason.of(cause);
    return reason.contains("/") ? reason : "Spark could not read or write a file: " + reason;
  }

  /** A failure with the one sentence that explains it. */
  public record Failure(ExitCode code, String sentence) {}

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
            || cause instanceof UncheckedIOException
            || cause instanceof FSError;
    return storage ? Optional.of(STORAGE) : Optional.empty();
  }
}
