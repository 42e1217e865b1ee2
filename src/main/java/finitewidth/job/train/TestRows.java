package finitewidth.job.train;

import finitewidth.data.DataException;
import finitewidth.data.DataRow;
import finitewidth.data.TestSet;
import finitewidth.data.scale.Preprocessing;
import finitewidth.inference.work.Counted;
import finitewidth.inference.work.Shared;
import finitewidth.runtime.RowSample;
import finitewidth.runtime.SharedParcel;
import finitewidth.settings.Key;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Preprocessed test rows: those that are corrected, and those that are left at order 0.
 *
 * @param correctedCount how many are corrected
 * @param others empty where all are corrected
 * @param count how many there are in all
 */
public record TestRows(
    JavaRDD<DataRow> corrected,
    long correctedCount,
    Optional<JavaRDD<DataRow>> others,
    long count) {

  /**
   * All rows, or a random choice to correct, by seed and row numbers alone.
   *
   * @param wanted how many to correct; all if empty
   */
  public static TestRows of(
      TestSet test, Preprocessing preprocessing, OptionalInt wanted, long seed) {
    JavaRDD<DataRow> inputs = preprocessing.inputs(test);
    if (wanted.isEmpty() || wanted.getAsInt() == test.count()) {
      return new TestRows(inputs, test.count(), Optional.empty(), test.count());
    }
    int most = wanted.getAsInt();
    Shared<long[]> chosen =
        SharedParcel.of(
            JavaSparkContext.fromSparkContext(inputs.context()),
            RowSample.of(test.rows().map(DataRow::number), most, seed));
    return new TestRows(
        inputs.filter(row -> RowSample.has(chosen.value(), row.number())),
        most,
        Optional.of(inputs.filter(row -> !RowSample.has(chosen.value(), row.number()))),
        test.count());
  }

  /**
   * Refuses to correct more rows than there are.
   *
   * @param wanted how many to correct; all if empty
   */
  public static void requireMany(OptionalInt wanted, long count) {
    if (wanted.isPresent() && wanted.getAsInt() > count) {
      throw new DataException(
          "%s=%s, but there are only %s"
              .formatted(
                  Key.CONTRACTION_TEST_ROWS, wanted.getAsInt(), Counted.of(count, "test row")));
    }
  }
}
