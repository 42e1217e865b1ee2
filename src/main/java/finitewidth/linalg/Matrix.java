package finitewidth.linalg;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A dense rows × cols matrix of doubles, row-major: element (i, j) stands at {@code i * cols + j}.
 *
 * <p>The array is shared, not copied: hot loops work on {@link #data()} directly, so whoever hands
 * it out gives up exclusive ownership.
 */
public final class Matrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final int cols;
  private final double[] data;

  private Matrix(int rows, int cols, double[] data) {
    this.rows = rows;
    this.cols = cols;
    this.data = data;
  }

  /** A rows × cols matrix of zeros. */
  public static Matrix zeros(int rows, int cols) {
    return new Matrix(rows, cols, new double[Math.multiplyExact(rows, cols)]);
  }

  /**
   * Wraps a row-major array without copying it.
   *
   * @throws IllegalArgumentException if the array does not hold rows × cols numbers
   */
  public static Matrix wrap(int rows, int cols, double[] data) {
    if (data.length != Math.multiplyExact(rows, cols)) {
      throw new IllegalArgumentException(
          "a %s × %s matrix needs %s numbers, not %s"
              .formatted(rows, cols, (long) rows * cols, data.length));
    }
    return new Matrix(rows, cols, data);
  }

  /**
   * Copies an array of rows.
   *
   * @throws IllegalArgumentException if the rows differ in length
   */
  public static Matrix copyOf(double[][] rows) {
    int cols = rows.length == 0 ? 0 : rows[0].length;
    Matrix matrix = zeros(rows.length, cols);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != cols) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " numbers, row 0 has " + cols);
      }
      System.arraycopy(rows[i], 0, matrix.data, i * cols, cols);
    }
    return matrix;
  }

  public int rows() {
    return rows;
  }

  public int cols() {
    return cols;
  }

  /** The row-major array itself. */
  public double[] data() {
    return data;
  }

  public double get(int i, int j) {
    return data[i * cols + j];
  }

  public void set(int i, int j, double value) {
    data[i * cols + j] = value;
  }

  public void add(int i, int j, double value) {
    data[i * cols + j] += value;
  }

  /** A copy of row i. */
  public double[] row(int i) {
    return Arrays.copyOfRange(data, i * cols, (i + 1) * cols);
  }

  /** A copy of column j. */
  public double[] column(int j) {
    double[] column = new double[rows];
    for (int i = 0; i < rows; i++) {
      column[i] = data[i * cols + j];
    }
    return column;
  }

  public Matrix copy() {
    return new Matrix(rows, cols, data.clone());
  }

  public Matrix transpose() {
    Matrix transposed = zeros(cols, rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        transposed.data[j * rows + i] = data[i * cols + j];
      }
    }
    return transposed;
  }
}
