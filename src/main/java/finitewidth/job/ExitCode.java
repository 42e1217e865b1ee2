package finitewidth.job;

import finitewidth.data.DataException;
import finitewidth.flow.RangeException;
import finitewidth.linalg.NumericsException;
import finitewidth.storage.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSError;

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

  /** Spark's blocks, shuffles and what does not fit into memory. */
  private static final Pattern SPARKS_OWN =
      Pattern.compile(
          "^org\\.apache\\.spark\\.(storage|shuffle|broadcast|memory|io|serializer|unsafe"
              + "|util\\.collection|network\\.util)\\.");

  private static final Pattern WRITING = Pattern.compile("RawLocalFileSystem.*OutputStream");

  /** The first of these on the stack is whose file it was: all else is Java's and codecs'. */
  private static final Pattern MEETS_FILES =
      Pattern.compile("^org\\.apache\\.(hadoop|spark|parquet)\\.|^finitewidth\\.");

  private static final Pattern UNREGISTERED = Pattern.compile("Class is not registered: (\\S+)");

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
    Optional<Failure> innermost = sparksOwn(thrown);
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
    return innermost.or(() -> fullHeap(thrown)).or(() -> kryo(thrown));
  }

  /** What the system says of its files alone, such as "No space left on device", is no sentence. */
  private static String sentence(Throwable cause) {
    if (cause instanceof RangeException range) {
      return range.sentence(ExitCode::key);
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

  /** Where Spark's own files do not find room, whatever was being done: even data being read. */
  private static Optional<Failure> sparksOwn(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && raisedIn(cause, SPARKS_OWN)) {
        return Optional.of(
            new Failure(
                STORAGE,
                "Spark could not read or write its own files, which are in spark.local.dir: "
                    + Reason.of(cause)));
      }
    }
    return Optional.empty();
  }

  /** The cause, if it was that a file of this machine could not be written to its end. */
  static Optional<Throwable> unwritten(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof FSError && raisedIn(cause, WRITING)) {
        return Optional.of(cause);
      }
    }
    return Optional.empty();
  }

  /** Whether it was this code that met with it: who called that code may have another purpose. */
  private static boolean raisedIn(Throwable cause, Pattern code) {
    return Arrays.stream(cause.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(name -> MEETS_FILES.matcher(name).find())
        .findFirst()
        .filter(name -> code.matcher(name).find())
        .isPresent();
  }

  private static String key(RangeException.Setting setting) {
    return switch (setting) {
      case WEIGHT_VARIANCE -> Key.WEIGHT_VARIANCE.path();
      case BIAS_VARIANCE -> Key.BIAS_VARIANCE.path();
      case NOISE_VARIANCE -> Key.NOISE_VARIANCE.path();
      case HIDDEN_WIDTHS -> Key.HIDDEN_WIDTHS.path();
      case FEATURE_SCALING -> Key.PREPROCESS_FEATURES.path();
      case TARGET_SCALING -> Key.PREPROCESS_TARGET.path();
    };
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

  /** What Kryo, where it is Spark's serializer, refuses of what a task sends. */
  private static Optional<Failure> kryo(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = cause.toString();
      Matcher unregistered = UNREGISTERED.matcher(message);
      if (unregistered.find()) {
        return Optional.of(
            new Failure(
                STORAGE,
                "spark.kryo.registrationRequired is set and "
                    + unregistered.group(1)
                    + " is not registered: add it to spark.kryo.classesToRegister"
                    + " (-- --conf), or do without registrationRequired"));
      }
      if (message.contains("Kryo serialization failed")) {
        return Optional.of(
            new Failure(
                STORAGE,
                "spark.kryoserializer.buffer.max is too small for what a task sends: leave it out,"
                    + " or give more with -- --conf spark.kryoserializer.buffer.max=512m"));
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
            || cause instanceof UncheckedIOException
            || cause instanceof FSError;
    return storage ? Optional.of(STORAGE) : Optional.empty();
  }
}
