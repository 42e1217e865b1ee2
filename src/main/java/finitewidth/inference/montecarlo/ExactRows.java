package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import java.util.Arrays;

/** Adds contractions of a known kernel shift N to rows' coefficients: N_x̃·φ, N_x̃x̃ and N_x̃·D. */
final class ExactRows {
  private final Matrix weights;
  private final Matrix phi;
  private final Matrix mean;
  private final Matrix variance;
  private final Matrix directions;
  private final Matrix along;

  /**
   * @param directions D, P × K
   */
  ExactRows(Matrix weights, Matrix phi, Matrix directions) {
    this.weights = weights;
    this.phi = phi;
    this.directions = directions;
    along = Matrix.zeros(weights.rows(), directions.cols());
    mean = Matrix.zeros(weights.rows(), phi.cols());
    variance = Matrix.zeros(weights.rows(), phi.cols());
  }

  /** δμ coefficients, B × m. */
  Matrix mean() {
    return mean;
  }

  /** δc coefficients, B × m. */
  Matrix variance() {
    return variance;
  }

  /** Coefficients along the directions, B × K. */
  Matrix along() {
    return along;
  }

  /** The shift that a layer's control variate stands for, dressed. */
  void addControl(double factor, ChaosControl control, RowFlows rows, int source) {
    Matrix k = rows.kernel(source);
    double[] points = control.points(k);
    RowFlows.RowDressing dressing = rows.preactivations(source);
    Matrix pairs = dressing.apply(control.pairs(k), points, control.diagonal());
    double[] shifted = new double[points.length];
    Arrays.setAll(shifted, x -> dressing.pxx()[x] * points[x]);
    addShift(factor, pairs, shifted, control.shift());
  }

  /**
   * A shift that is the same for all outputs.
   *
   * @param pairs N_xa
   * @param points N_xx
   * @param training N_ab, symmetric
   */
  void addShift(double factor, Matrix pairs, double[] points, Matrix training) {
    Matrix below = Products.times(weights, training);
    double[] cross = Forms.rowDots(weights, pairs);
    double[] own = Forms.rowDots(weights, below);
    Matrix pairsPhi = Products.times(pairs, phi);
    Matrix belowPhi = Products.times(below, phi);
    int outputs = phi.cols();
    for (int x = 0; x < points.length; x++) {
      double tilde = points[x] - 2 * cross[x] + own[x];
      for (int i = 0; i < outputs; i++) {
        mean.add(x, i, factor * (pairsPhi.get(x, i) - belowPhi.get(x, i)));
        variance.add(x, i, factor * tilde);
      }
    }
    if (along.cols() > 0) {
      Matrix pairsAlong = Products.times(pairs, directions);
      Matrix belowAlong = Products.times(below, directions);
      for (int i = 0; i < along.data().length; i++) {
        along.data()[i] += factor * (pairsAlong.data()[i] - belowAlong.data()[i]);
      }
    }
  }
}
