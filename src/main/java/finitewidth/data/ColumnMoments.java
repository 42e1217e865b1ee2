package finitewidth.data;

import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Mean and population standard deviation (divided by the number of rows) of every column.
 *
 * <p>The deviation of a column whose values are all equal is exactly 0.
 */
public final class ColumnMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] means;
  private final double[] deviations;

  private ColumnMoments(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  /** The moments of a rows × columns matrix with at least one row. */
  static ColumnMoments of(Matrix rows) {
    double[] means = new double[rows.cols()];
    double[] deviations = new double[rows.cols()];
    for (int j = 0; j < rows.cols(); j++) {
      double[] column = rows.column(j);
      means[j] = mean(column);
      deviations[j] = deviation(column, means[j]);
    }
    return new ColumnMoments(means, deviations);
  }

  /** Moments that were computed before: what {@link #parameters()} gave. */
  static ColumnMoments restore(Matrix parameters) {
    return new ColumnMoments(parameters.row(0), parameters.row(1));
  }

  /** Means in row 0, deviations in row 1. */
  Matrix parameters() {
    return Matrix.copyOf(new double[][] {means, deviations});
  }

  public double mean(int column) {
    return means[column];
  }

  public double deviation(int column) {
    return deviations[column];
  }

  public int columns() {
    return means.length;
  }

  /** The names of the columns that cannot be divided by their deviation. */
  List<String> constant(List<String> names) {
    List<String> constant = new ArrayList<>();
    for (int j = 0; j < deviations.length; j++) {
      if (!(deviations[j] > 0 && Double.isFinite(deviations[j]))) {
        constant.add(names.get(j));
      }
    }
    return constant;
  }

  private static double mean(double[] column) {
    double mean = 0;
    for (int i = 0; i < column.length; i++) {
      mean += (column[i] - mean) / (i + 1);
    }
    // A second pass takes out the rounding of the first.
    double rest = 0;
    for (double x : column) {
      rest += (x - mean) / column.length;
    }
    return mean + rest;
  }

  private static double deviation(double[] column, double mean) {
    boolean constant = true;
    double largest = 0;
    for (double x : column) {
      constant &= x == column[0];
      largest = Math.max(largest, Math.abs(x - mean));
    }
    if (constant) {
      return 0;
    }
    double sum = 0;
    for (double x : column) {
      double part = (x - mean) / largest;
      sum += part * part;
    }
    return largest * Math.sqrt(sum / column.length);
  }
}
