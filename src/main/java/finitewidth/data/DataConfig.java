package finitewidth.data;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where rows come from and which of them are used.
 *
 * @param training where the training rows are
 * @param testing where the test rows are; without it a part of the training rows is held out
 * @param format of both, where their endings do not say it
 * @param testFraction fraction of the rows to hold out, in (0, 1)
 * @param trainRows size of the random subset of the training rows that is used; all if empty
 * @param testRows the same for the test rows
 * @param seed seed of the held-out split and of the subsets
 * @param reading how files and cells are read
 */
public record DataConfig(
    Source training,
    Optional<Source> testing,
    Optional<FileFormat> format,
    Columns columns,
    double testFraction,
    OptionalInt trainRows,
    OptionalInt testRows,
    long seed,
    Reading reading) {

  /** What {@code data.train} says. */
  public String train() {
    return training.toString();
  }

  /** What {@code data.test} says. */
  public Optional<String> test() {
    return testing.map(Source::toString);
  }

  /** The same without test rows. */
  public DataConfig withoutTest() {
    return with(Optional.empty(), columns, trainRows, testRows);
  }

  /** The same with other subsets. */
  public DataConfig withRows(OptionalInt train, OptionalInt test) {
    return with(testing, columns, train, test);
  }

  /** The same with columns of other meanings. */
  public DataConfig withColumns(Columns others) {
    return with(testing, others, trainRows, testRows);
  }

  private DataConfig with(
      Optional<Source> test, Columns others, OptionalInt trainRows, OptionalInt testRows) {
    return new DataConfig(
        training, test, format, others, testFraction, trainRows, testRows, seed, reading);
  }
}
