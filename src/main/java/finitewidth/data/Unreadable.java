package finitewidth.data;

import finitewidth.data.DataFiles.InputFiles;
import finitewidth.data.TextScan.Piece;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;

/** Tells a file that is damaged, or not what its ending says, from other failures of reading. */
final class Unreadable {
  /** What Spark says where it cannot read one of many files. */
  private static final String ONE_OF_MANY = "[FAILED_READ_FILE";

  private Unreadable() {}

  /** The failure as it should be thrown: a {@link DataException} if the file is to blame. */
  static RuntimeException explain(InputFiles input, Exception thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataException fault) {
        return fault;
      }
      chain.add(cause);
    }
    for (Throwable cause : chain) {
      if (cause instanceof IOException || cause instanceof AnalysisException) {
        return unreadable(input, chain, cause);
      }
    }
    if (chain.stream().anyMatch(cause -> message(cause).contains(ONE_OF_MANY))) {
      return unreadable(input, chain, chain.get(chain.size() - 1));
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(thrown);
  }

  /**
   * A file of text that cannot be read to its end.
   *
   * @param lines how many lines of the piece have been read
   */
  static DataException piece(Piece piece, long lines, IOException thrown) {
    String from = piece.start() == 0 ? " from line " + (lines + 1) + " on" : "";
    return new DataException(
        Paths.shown(piece.path()) + " cannot be read" + from + ": " + reason(thrown), thrown);
  }

  private static DataException unreadable(
      InputFiles input, List<Throwable> chain, Throwable cause) {
    String file = input.files().size() == 1 ? input.files().get(0).toString() : input.given();
    for (Throwable link : chain) {
      for (Path one : input.files()) {
        if (message(link).contains(one.toUri().getRawPath())) {
          file = one.toString();
        }
      }
    }
    boolean pages = chain.stream().anyMatch(link -> message(link).contains(ONE_OF_MANY));
    return new DataException(
        Paths.shown(file)
            + " cannot be read"
            + (pages ? ", and may be damaged: " : ": ")
            + reason(cause),
        chain.get(0));
  }

  private static String reason(Throwable cause) {
    return message(cause).lines().findFirst().orElse("");
  }

  private static String message(Throwable thrown) {
    return Optional.ofNullable(thrown.getMessage()).orElse(thrown.getClass().getSimpleName());
  }
}
