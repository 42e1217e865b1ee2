package finitewidth.inference.adaptive;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.RowSpace;
import finitewidth.prior.Architecture;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Inputs as features f = [√(C_W/n_0) x, √C_b], of which the first layer's kernel is the inner
 * product.
 *
 * <p>Where there are more than training rows, what the rows say nothing about stays as it is:
 * coordinates are then those along a basis of the space that the rows span, and one for the length
 * of what is beyond, which the training rows have not.
 *
 * @param weight √(C_W/n_0)
 * @param bias √C_b
 * @param count n_0
 * @param basis orthonormal directions, P × (n_0 + 1); null where features are their own coordinates
 */
record Features(double weight, double bias, int count, @Nullable Matrix basis)
    implements Serializable {

  /**
   * @param inputs of the training rows, P × n_0
   */
  static Features of(Architecture network, Matrix inputs) {
    int count = inputs.cols();
    Features own =
        new Features(
            Math.sqrt(network.weightVariance(0) / count),
            Math.sqrt(network.biasVariance(0)),
            count,
            null);
    return count + 1 <= inputs.rows() ? own : own.along(RowSpace.of(own.of(inputs)));
  }

  /** The same along a basis. */
  Features along(Matrix directions) {
    return new Features(weight, bias, count, directions);
  }

  /** r, the directions that a metric can learn. */
  int directions() {
    return basis == null ? count + 1 : basis.rows();
  }

  /** Coordinates of a row: r, and one more where there is anything beyond. */
  int coordinates() {
    return directions() + (basis == null ? 0 : 1);
  }

  private double[] features(double[] x) {
    double[] f = new double[count + 1];
    for (int k = 0; k < count; k++) {
      f[k] = weight * x[k];
    }
    f[count] = bias;
    return f;
  }

  /** Coordinates of a row. Sums in index order: the same bits on every machine and BLAS. */
  double[] of(double[] x) {
    double[] f = features(x);
    if (basis == null) {
      return f;
    }
    double[] along = Products.times(basis, f);
    double[] within = Products.times(along, basis);
    double square = 0;
    for (int k = 0; k < f.length; k++) {
      double beyond = f[k] - within[k];
      square += beyond * beyond;
    }
    double[] coordinates = new double[along.length + 1];
    System.arraycopy(along, 0, coordinates, 0, along.length);
    coordinates[along.length] = Math.sqrt(square);
    return coordinates;
  }

  /** Those of rows, N × {@link #coordinates}. */
  Matrix of(Matrix rows) {
    Matrix all = Matrix.zeros(rows.rows(), coordinates());
    for (int a = 0; a < rows.rows(); a++) {
      System.arraycopy(of(rows.row(a)), 0, all.data(), a * all.cols(), all.cols());
    }
    return all;
  }

  /** Those of the training rows, P × r: nothing of them is beyond. */
  Matrix within(Matrix training) {
    Matrix all = of(training);
    if (basis == null) {
      return all;
    }
    int r = directions();
    Matrix within = Matrix.zeros(all.rows(), r);
    for (int a = 0; a < all.rows(); a++) {
      System.arraycopy(all.data(), a * all.cols(), within.data(), a * r, r);
    }
    return within;
  }
}
