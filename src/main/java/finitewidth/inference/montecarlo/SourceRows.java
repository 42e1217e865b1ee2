package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.PivotedCholesky;
import finitewidth.linalg.Products;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What draws of one source layer need of a block of B further rows, and what is known of the rows'
 * coefficients before any draw.
 *
 * @param field rows of L, B × r: z_x = field·g + innovation·(one more normal)
 * @param innovation √(K_xx − |field|²), B
 * @param weights w, B × P
 * @param exactMean coefficients of δμ, B × m
 * @param exactVariance coefficients of δc, B × m
 * @param exactAlong coefficients of M_x̃R D, B × K
 * @param inner what only inner layers need; null for the last one
 * @param last what only the last layer needs; null for inner ones
 */
record SourceRows(
    Matrix field,
    double[] innovation,
    Matrix weights,
    Matrix exactMean,
    Matrix exactVariance,
    Matrix exactAlong,
    @Nullable Inner inner,
    @Nullable Last last)
    implements Serializable {

  /**
   * Dressing and mean-field parts of an inner layer.
   *
   * @param dressing T^s over (x, a)
   * @param meanField P∘F, B × P
   * @param points F_xx, B
   * @param diagonalPhi Qφ, B × m
   * @param meanFieldPhi (P∘F)φ, B × m
   */
  record Inner(
      RowFlows.RowDressing dressing,
      Matrix meanField,
      double[] points,
      Matrix diagonalPhi,
      Matrix meanFieldPhi)
      implements Serializable {}

  /**
   * Moments of the last layer with x̃.
   *
   * @param points F_x̃x̃, B
   * @param phi F_x̃φ, B × m
   */
  record Last(double[] points, Matrix phi) implements Serializable {}

  /** What inner layers need. */
  Inner innerPart() {
    return Objects.requireNonNull(inner);
  }

  /** What the last layer needs. */
  Last lastPart() {
    return Objects.requireNonNull(last);
  }

  int size() {
    return weights.rows();
  }

  /** The rows' fields given the training samples' factor. */
  static Matrix field(PivotedCholesky factor, Matrix kernelRows) {
    Matrix field = Matrix.zeros(kernelRows.rows(), factor.rank());
    double[] row = new double[factor.rank()];
    for (int x = 0; x < kernelRows.rows(); x++) {
      factor.extend(kernelRows.row(x), row);
      System.arraycopy(row, 0, field.data(), x * row.length, row.length);
    }
    return field;
  }

  /** √(K_xx − |field|²); rounding may leave less than nothing of a variance that is zero. */
  static double[] innovation(double[] variances, Matrix field) {
    double[] innovation = new double[variances.length];
    for (int x = 0; x < innovation.length; x++) {
      int at = x * field.cols();
      double known = Products.dot(field.data(), at, field.data(), at, field.cols());
      innovation[x] = Math.sqrt(Math.max(0, variances[x] - known));
    }
    return innovation;
  }
}
