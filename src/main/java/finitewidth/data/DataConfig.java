package finitewidth.data;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where rows come from and which of them are used.
 *
 * @param train path or glob of the training rows
 * @param test path or glob of the test rows; without it a part of the training file is held out
 * @param testFraction fraction of the rows to hold out, in (0, 1)
 * @param trainRows size of the random subset of the training rows that is used; all if empty
 * @param testRows the same for the test rows
 * @param seed seed of the held-out split and of the subsets
 * @param reading how cells are read
 */
public record DataConfig(
    String train,
    Optional<String> test,
    Columns columns,
    double testFraction,
    OptionalInt trainRows,
    OptionalInt testRows,
    long seed,
    Reading reading) {

  /** Cells are read as they are by default. */
  public DataConfig(
      String train,
      Optional<String> test,
      Columns columns,
      double testFraction,
      OptionalInt trainRows,
      OptionalInt testRows,
      long seed) {
    this(train, test, columns, testFraction, trainRows, testRows, seed, Reading.standard());
  }

  /** The same without test rows. */
  public DataConfig withoutTest() {
    return new DataConfig(
        train, Optional.empty(), columns, testFraction, trainRows, testRows, seed, reading);
  }

  /** The same with other subsets. */
  public DataConfig withRows(OptionalInt train, OptionalInt test) {
    return new DataConfig(this.train, this.test, columns, testFraction, train, test, seed, reading);
  }

  /** The same with columns of other meanings. */
  public DataConfig withColumns(Columns others) {
    return new DataConfig(train, test, others, testFraction, trainRows, testRows, seed, reading);
  }
}
