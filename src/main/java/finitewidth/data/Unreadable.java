package finitewidth.data;

import finitewidth.data.DataFiles.InputFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;

/** Tells a file that is damaged, or not what its ending says, from other failures of reading. */
final class Unreadable {
  /** How Spark says which of many files it could not read. */
  private static final Pattern ONE_OF_MANY =
      Pattern.compile("\\[FAILED_READ_FILE[^]]*] .*?reading file (\\S+?)\\.?\\s");

  private Unreadable() {}

  /** The failure as it should be thrown: a {@link DataException} if the file is to blame. */
  static RuntimeException explain(InputFiles input, Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataException fault) {
        return fault;
      }
      if (cause instanceof IOException
          || cause instanceof AnalysisException
          || message(cause).contains("is not a Parquet file")) {
        return unreadable(input, cause, thrown);
      }
    }
    Throwable innermost = thrown;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    if (oneOfMany(thrown).isPresent()) {
      return unreadable(input, innermost, thrown);
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(thrown);
  }

  private static DataException unreadable(InputFiles input, Throwable cause, Exception thrown) {
    String reason = message(cause).lines().findFirst().orElse("");
    String file = oneOfMany(thrown).map(Paths::shown).orElse(input.given());
    return new DataException(file + " cannot be read: " + reason, thrown);
  }

  private static Optional<String> oneOfMany(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Matcher matcher = ONE_OF_MANY.matcher(message(cause));
      if (matcher.find()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  private static String message(Throwable thrown) {
    return Optional.ofNullable(thrown.getMessage()).orElse(thrown.toString());
  }
}
