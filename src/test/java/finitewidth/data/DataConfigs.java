package finitewidth.data;

import java.util.Optional;
import java.util.OptionalInt;

/** Configurations of one path each, in the format of its ending. */
public final class DataConfigs {
  private DataConfigs() {}

  /** Of cells as they are by default. */
  public static DataConfig of(
      String train,
      Optional<String> test,
      Columns columns,
      double testFraction,
      OptionalInt trainRows,
      OptionalInt testRows,
      long seed) {
    return of(train, test, columns, testFraction, trainRows, testRows, seed, Reading.standard());
  }

  public static DataConfig of(
      String train,
      Optional<String> test,
      Columns columns,
      double testFraction,
      OptionalInt trainRows,
      OptionalInt testRows,
      long seed,
      Reading reading) {
    return new DataConfig(
        Source.of(train),
        test.map(Source::of),
        Optional.empty(),
        columns,
        testFraction,
        trainRows,
        testRows,
        seed,
        reading);
  }
}
