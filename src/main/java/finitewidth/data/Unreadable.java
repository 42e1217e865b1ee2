package finitewidth.data;

import finitewidth.data.DataFiles.InputFiles;
import java.io.IOException;
import org.apache.spark.sql.AnalysisException;

/** Tells a file that is damaged, or not what its ending says, from other failures of reading. */
final class Unreadable {
  private Unreadable() {}

  /** The failure as it should be thrown: a {@link DataException} if the file is to blame. */
  static RuntimeException explain(InputFiles input, Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataException fault) {
        return fault;
      }
      if (cause instanceof IOException
          || cause instanceof AnalysisException
          || String.valueOf(cause.getMessage()).contains("is not a Parquet file")) {
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new DataException(input.given() + " cannot be read: " + reason, thrown);
      }
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(thrown);
  }
}
