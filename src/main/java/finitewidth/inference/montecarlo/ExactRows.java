package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;

/** Adds contractions of a known kernel shift N to rows' coefficients: N_x̃·φ and N_x̃x̃. */
final class ExactRows {
  private final Matrix weights;
  private final Matrix phi;
  private final Matrix mean;
  private final Matrix variance;

  ExactRows(Matrix weights, Matrix phi) {
    this.weights = weights;
    this.phi = phi;
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
  }
}
