package finitewidth.inference;

import java.util.Optional;

/**
 * What predicting so many rows amounts to.
 *
 * @param tasks to deal the rows into; none where rows had best stay where they are
 * @param perRow what a row counts for progress
 * @param unit what is counted, such as moments
 * @param rowsShare whether rows that are predicted together share most of what they cost
 * @param seconds of one core of a typical machine; only ratios matter
 * @param note what the user should know beforehand
 */
public record Load(
    Optional<Integer> tasks,
    long perRow,
    String unit,
    boolean rowsShare,
    double seconds,
    Optional<String> note) {

  /** The unit of what takes no work but that of its rows. */
  public static final String ROWS = "rows";

  /** Of order 0, which costs so little that rows stay where they are. */
  public static Load nngp(long rows, ConditioningShape on) {
    return new Load(
        Optional.empty(), 1, ROWS, false, Cost.orderZero(on, rows).seconds(), Optional.empty());
  }
}
