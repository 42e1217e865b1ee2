package finitewidth.data;

import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Mean and population standard deviation (divided by the number of rows) of every column.
 *
 * <p>Both are those of exactly added sums: they do not depend on the order of the rows. The
 * deviation of a column whose values are all equal, up to what rounding makes of them, is exactly
 * 0.
 */
public final class ColumnMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] means;
  private final double[] deviations;

  ColumnMoments(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  /** The moments of a rows × columns matrix with at least one row. */
  static ColumnMoments of(Matrix rows) {
    ColumnSums first = ColumnSums.first(rows.cols());
    first.add(rows);
    ColumnSums second = first.second();
    second.add(rows);
    return second.moments();
  }

  /** Means in row 0, deviations in row 1. */
  public Matrix parameters() {
    return Matrix.copyOf(new double[][] {means, deviations});
  }

  public double mean(int column) {
    return means[column];
  }

  public double deviation(int column) {
    return deviations[column];
  }

  /** The names of the columns that are constant. */
  public List<String> constant(List<String> names) {
    List<String> constant = new ArrayList<>();
    for (int j = 0; j < deviations.length; j++) {
      if (deviations[j] == 0) {
        constant.add(names.get(j));
      }
    }
    return constant;
  }

  /**
   * Refuses columns whose values lie so far apart that no number says how far.
   *
   * @throws DataException naming the first
   */
  public void refuseInfinite(List<String> names) {
    for (int j = 0; j < deviations.length; j++) {
      if (!Double.isFinite(deviations[j])) {
        throw new DataException(
            ("the values of column %s lie so far apart that their standard deviation is beyond the"
                    + " range of numbers; scale it down")
                .formatted(names.get(j)));
      }
    }
  }
}
