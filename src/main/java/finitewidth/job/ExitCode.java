package finitewidth.job;

import finitewidth.data.DataException;
import finitewidth.linalg.NumericsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** How a job ended, for the shell that started it. */
enum ExitCode {
  DONE(0, "done"),
  CONFIGURATION(2, "configuration or usage"),
  DATA(3, "data"),
  NUMERICS(4, "numerics: not positive definite, or outside the expansion with strict=true"),
  STORAGE(5, "Spark or storage");

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
        String sentence = Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
        Optional<Failure> found = Optional.of(new Failure(code.get(), sentence));
        if (code.get() != STORAGE || innermost.isEmpty()) {
          innermost = found;
        }
        if (code.get() != STORAGE) {
          break;
        }
      }
    }
    return innermost;
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
            || cause instanceof IOException
            || cause instanceof UncheckedIOException;
    return storage ? Optional.of(STORAGE) : Optional.empty();
  }
}
