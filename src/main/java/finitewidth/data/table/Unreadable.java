package finitewidth.data.table;

import finitewidth.data.DataException;
import finitewidth.data.FileOptions;
import finitewidth.data.table.DataFiles.InputFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;

/** Tells a file that is damaged, or not what its ending says, from other failures of reading. */
public final class Unreadable {
  /** What Spark says where it cannot read one of many files. */
  private static final String ONE_OF_MANY = "[FAILED_READ_FILE";

  private Unreadable() {}

  /** The failure as it should be thrown: a {@link DataException} if the file is to blame. */
  public static RuntimeException explain(
      Configuration hadoop, InputFiles input, FileOptions options, Exception thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataException fault) {
        return fault;
      }
      chain.add(cause);
    }
    for (Throwable cause : chain) {
      if (cause instanceof IOException || cause instanceof AnalysisException) {
        return unreadable(hadoop, input, options, chain, cause);
      }
    }
    if (chain.stream().anyMatch(cause -> message(cause).contains(ONE_OF_MANY))) {
      return unreadable(hadoop, input, options, chain, chain.get(chain.size() - 1));
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(thrown);
  }

  private static DataException unreadable(
      Configuration hadoop,
      InputFiles input,
      FileOptions options,
      List<Throwable> chain,
      Throwable cause) {
    List<Path> named =
        input.files().stream()
            .filter(file -> input.files().size() == 1 || isNamed(chain, file))
            .toList();
    if (input.format().isText()) {
      for (Path file : named.isEmpty() ? input.files() : named) {
        Optional<DataException> damage =
            new TextFile(hadoop, file, input.format(), options).damage();
        if (damage.isPresent()) {
          return damage.get();
        }
      }
    }
    String file = named.isEmpty() ? input.given() : named.get(0).toString();
    boolean pages = chain.stream().anyMatch(link -> message(link).contains(ONE_OF_MANY));
    return new DataException(
        "%s cannot be read%s%s"
            .formatted(
                DataFiles.shown(file), pages ? ", and may be damaged: " : ": ", reason(cause)),
        chain.get(0));
  }

  private static boolean isNamed(List<Throwable> chain, Path file) {
    return chain.stream().anyMatch(link -> message(link).contains(file.toUri().getRawPath()));
  }

  /** What was thrown, in a line. */
  static String reason(Throwable cause) {
    return message(cause).lines().findFirst().orElse("");
  }

  private static String message(Throwable thrown) {
    return Optional.ofNullable(thrown.getMessage()).orElse(thrown.getClass().getSimpleName());
  }
}
