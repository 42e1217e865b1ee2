package finitewidth.ml.rows;

import finitewidth.data.DataException;
import finitewidth.ml.param.ParamSet;
import finitewidth.ml.param.SharedParams;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/**
 * A row to train on, as it came. Rows have an order of their own, by features and then labels, so
 * that it does not matter in which they come.
 *
 * @param number of the row as it came
 */
record LearntRow(long number, double[] features, double[] label)
    implements Comparable<LearntRow>, Serializable {

  /** Equal rows stay in the order in which they came, which makes no difference. */
  @Override
  public int compareTo(LearntRow other) {
    int order = Arrays.compare(features, other.features);
    return order != 0 ? order : Arrays.compare(label, other.label);
  }

  /**
   * Reads rows of two columns.
   *
   * @param features the column of the features, which is the first
   * @param label the column of the label, which is the second
   * @param sphere whether a row of zeros cannot be scaled
   * @param skip whether rows that cannot be trained on are left out, or refused
   */
  record Reader(String features, String label, boolean sphere, boolean skip)
      implements Serializable {

    static Reader of(SharedParams stage) {
      return new Reader(
          stage.getFeaturesCol(),
          stage.getLabelCol(),
          stage.getFeatureScaling().equals("unit-sphere"),
          stage.getHandleInvalid().equals(ParamSet.SKIP));
    }

    /**
     * A row, or nothing where it is left out.
     *
     * @throws DataException naming the row
     */
    Optional<LearntRow> read(Row row, long number) {
      String fault = fault(row);
      if (fault.isEmpty()) {
        return Optional.of(new LearntRow(number, numbers(row, 0), numbers(row, 1)));
      }
      if (skip) {
        return Optional.empty();
      }
      throw new DataException(
          "row %s cannot be trained on: %s; handleInvalid=skip leaves it out"
              .formatted(number, fault));
    }

    private String fault(Row row) {
      for (int column = 0; column < 2; column++) {
        String name = column == 0 ? features : label;
        if (row.isNullAt(column)) {
          return name + " is null";
        }
        for (double x : numbers(row, column)) {
          if (!Double.isFinite(x)) {
            return name + " has " + x;
          }
        }
      }
      return sphere && Arrays.stream(numbers(row, 0)).allMatch(x -> x == 0)
          ? "all features are zero, which cannot be scaled onto a sphere"
          : "";
    }

    private static double[] numbers(Row row, int column) {
      return row.get(column) instanceof Vector vector
          ? vector.toArray()
          : new double[] {((Number) row.get(column)).doubleValue()};
    }

    /**
     * The row itself, if it has as many numbers as another one.
     *
     * @throws DataException naming the column that has not
     */
    LearntRow like(LearntRow first, LearntRow row) {
      refuseOther(first.features, row.features, features);
      refuseOther(first.label, row.label, label);
      return row;
    }

    private static void refuseOther(double[] first, double[] other, String column) {
      if (other.length != first.length || other.length == 0) {
        throw new DataException(
            """
            column %s has vectors of %s and of %s components; all must have the same number, at \
            least 1\
            """
                .formatted(column, first.length, other.length));
      }
    }
  }
}
