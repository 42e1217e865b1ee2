package finitewidth.data;

import java.io.Serializable;
import java.util.List;

/**
 * How files and cells are read, whatever their columns mean.
 *
 * @param options how files are written
 * @param nulls texts that stand for a missing value
 * @param invalid what becomes of rows that lack something
 */
public record Reading(FileOptions options, NullValues nulls, InvalidRows invalid)
    implements Serializable {

  /** The defaults. */
  public static Reading standard() {
    return of(Encoding.UTF_8, NullValues.STANDARD, InvalidRows.ERROR);
  }

  /** Text in an encoding, as it is written unless the configuration says otherwise. */
  public static Reading of(Encoding encoding, List<String> nulls, InvalidRows invalid) {
    return of(FileOptions.of(encoding), nulls, invalid);
  }

  /**
   * As configured.
   *
   * @param nulls texts that stand for a missing value; the usual ones if null values are not named
   */
  public static Reading of(FileOptions options, List<String> nulls, InvalidRows invalid) {
    return new Reading(options, NullValues.of(nulls), invalid);
  }

  /** What {@code data.null-values} is unless it is set. */
  public static List<String> usualNulls() {
    return NullValues.STANDARD;
  }
}
