package finitewidth.data;

import java.io.Serializable;
import java.util.List;

/**
 * How cells are read, whatever their columns mean.
 *
 * @param encoding of csv and libsvm files
 * @param nulls texts that stand for a missing value
 * @param invalid what becomes of rows that lack something
 */
public record Reading(Encoding encoding, NullValues nulls, InvalidRows invalid)
    implements Serializable {

  /** The defaults. */
  public static Reading standard() {
    return new Reading(Encoding.UTF_8, NullValues.standard(), InvalidRows.ERROR);
  }

  /**
   * As configured.
   *
   * @param nulls texts that stand for a missing value; the usual ones if null values are not named
   */
  public static Reading of(Encoding encoding, List<String> nulls, InvalidRows invalid) {
    return new Reading(encoding, NullValues.of(nulls), invalid);
  }

  /** What {@code data.null-values} is unless it is set. */
  public static List<String> usualNulls() {
    return NullValues.STANDARD;
  }
}
