package finitewidth.job.cli;

import finitewidth.storage.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;

/** What Spark itself fails of, in one sentence that says what to change. */
public final class SparkFailure {
  /** 52 is the exit code of an executor that ran out of memory. */
  private static final Pattern FULL_HEAP =
      Pattern.compile(
          "OutOfMemoryError|(exited with|exit) code 52\\b|possible container OOM"
              + "|exceeding \\w* ?memory limits");

  /** Spark's blocks, shuffles and what does not fit into memory. */
  private static final Pattern OWN_FILES =
      Pattern.compile(
          "^org\\.apache\\.spark\\.(storage|shuffle|broadcast|memory|io|serializer|unsafe"
              + "|util\\.collection|network\\.util)\\.");

  private static final Pattern WRITING = Pattern.compile("RawLocalFileSystem.*OutputStream");

  /** The first of these on the stack is whose file it was: all else is Java's and codecs'. */
  private static final Pattern MEETS_FILES =
      Pattern.compile("^org\\.apache\\.(hadoop|spark|parquet)\\.|^finitewidth\\.");

  private static final Pattern UNREGISTERED = Pattern.compile("Class is not registered: (\\S+)");

  /** What is thrown at whoever computes when Spark has given up by itself. */
  private static final Pattern GIVEN_UP =
      Pattern.compile(
          "stopped SparkContext|SparkContext (was|has been) shut ?down|SparkContext was stopped"
              + "|Master removed our application|masters are unresponsive");

  private SparkFailure() {}

  /** The sentence, if it was one of the failures that are Spark's. */
  static Optional<String> of(Throwable thrown) {
    return first(thrown, SparkFailure::fullHeap)
        .or(() -> givenUp(thrown))
        .or(() -> first(thrown, SparkFailure::kryo));
  }

  private static Optional<String> first(
      Throwable thrown, Function<Throwable, Optional<String>> sentence) {
    return causes(thrown).flatMap(cause -> sentence.apply(cause).stream()).findFirst();
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
  }

  /** What Spark reports of an executor whose memory was full. */
  private static Optional<String> fullHeap(Throwable cause) {
    return cause instanceof OutOfMemoryError || FULL_HEAP.matcher(cause.toString()).find()
        ? Optional.of(
            "the memory of an executor was not enough: give more with -- --executor-memory (with"
                + " --driver-memory where the driver computes itself), or fewer tasks at a time"
                + " with --executor-cores")
        : Optional.empty();
  }

  /**
   * Executors that do not start, or a master that is not there, end the application under the job.
   */
  public static Optional<String> givenUp(Throwable thrown) {
    return causes(thrown).anyMatch(cause -> GIVEN_UP.matcher(cause.toString()).find())
        ? Optional.of(
            "Spark has given the application up, as it does when no master answers or no executor"
                + " starts: look at what it said above, and at the logs of workers"
                + " (docs/cluster.md)")
        : Optional.empty();
  }

  /** What Kryo, where it is Spark's serializer, refuses of what a task sends. */
  private static Optional<String> kryo(Throwable cause) {
    String message = cause.toString();
    Matcher unregistered = UNREGISTERED.matcher(message);
    if (unregistered.find()) {
      return Optional.of(
          "spark.kryo.registrationRequired is set and "
              + unregistered.group(1)
              + " is not registered: add it to spark.kryo.classesToRegister"
              + " (-- --conf), or do without registrationRequired");
    }
    return message.contains("Kryo serialization failed")
        ? Optional.of(
            "spark.kryoserializer.buffer.max is too small for what a task sends: leave it out,"
                + " or give more with -- --conf spark.kryoserializer.buffer.max=512m")
        : Optional.empty();
  }

  /** Where Spark's own files do not find room, whatever was being done: even data being read. */
  static Optional<String> ofItsOwnFiles(Throwable thrown) {
    return causes(thrown)
        .filter(cause -> cause instanceof IOException && raisedIn(cause, OWN_FILES))
        .findFirst()
        .map(
            cause ->
                "Spark could not read or write its own files, which are in spark.local.dir: "
                    + Reason.of(cause));
  }

  /** The cause, if it was that a file of this machine could not be written to its end. */
  public static Optional<Throwable> unwritten(Throwable thrown) {
    return causes(thrown)
        .filter(cause -> cause instanceof FSError && raisedIn(cause, WRITING))
        .findFirst();
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
}
