package finitewidth.inference.montecarlo;

import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;

/**
 * Hφ_i in an inner layer, each draw with one output i in turn: over the training samples, and at
 * further rows as x̃ᵀHφ_i for both signs of their innovation. Holds scratch; belongs to one thread.
 */
final class OutputForms {
  private final InnerLayer layer;
  private final int n;
  private final int outputs;
  private final Matrix diagonalPhi;
  private final Matrix meanFieldPhi;
  private Matrix fPhi;
  private Matrix squarePhi;
  private Matrix v;
  private int[] output;
  private Matrix linear = Matrix.zeros(0, 0);
  private Matrix constant = Matrix.zeros(0, 0);

  OutputForms(InnerLayer layer) {
    this.layer = layer;
    n = layer.phi().rows();
    outputs = layer.phi().cols();
    diagonalPhi = Products.times(layer.activations().q(), layer.phi());
    meanFieldPhi = Products.times(layer.meanField(), layer.phi());
    shape(0);
  }

  void shape(int size) {
    fPhi = Matrix.zeros(n, size);
    squarePhi = Matrix.zeros(n, size);
    v = Matrix.zeros(n, size);
    output = new int[size];
  }

  /**
   * Computes v = Hφ_i of a chunk.
   *
   * @param f P × chunk
   * @param first number of the chunk's first draw, which says whose turn it is
   */
  void training(Matrix f, long first) {
    int size = f.cols();
    double[] fs = f.data();
    for (int d = 0; d < size; d++) {
      output[d] = (int) ((first + d) % outputs);
    }
    double[] phi = layer.phi().data();
    for (int a = 0, at = 0; a < n; a++) {
      double mean = layer.moment().get(a, a);
      for (int d = 0; d < size; d++, at++) {
        double weight = phi[a * outputs + output[d]];
        fPhi.data()[at] = fs[at] * weight;
        squarePhi.data()[at] = (fs[at] * fs[at] - mean) * weight;
      }
    }
    Accumulate.times(1, layer.activations().p(), fPhi, 0, v);
    for (int a = 0, at = 0; a < n; a++) {
      double mean = layer.moment().get(a, a);
      for (int d = 0; d < size; d++, at++) {
        int i = a * outputs + output[d];
        v.data()[at] =
            fs[at] * v.data()[at]
                + (fs[at] * fs[at] - mean) * diagonalPhi.data()[i]
                - meanFieldPhi.data()[i];
      }
    }
    Accumulate.transposeTimes(1, layer.activations().q(), squarePhi, 1, v);
  }

  /** v of the chunk that was computed last. */
  Matrix training() {
    return v;
  }

  /** Prepares {@link #at} for a block of rows. */
  void rows(SourceRows rows) {
    int size = v.cols();
    if (linear.rows() != rows.size() || linear.cols() != size) {
      linear = Matrix.zeros(rows.size(), size);
      constant = Matrix.zeros(rows.size(), size);
    }
    Accumulate.times(1, rows.innerPart().dressing().p(), fPhi, 0, linear);
    Accumulate.times(1, rows.innerPart().dressing().qr(), squarePhi, 0, constant);
    Accumulate.times(-1, rows.weights(), v, 1, constant);
  }

  /** The output whose turn it is in draw d. */
  int output(int d) {
    return output[d];
  }

  /**
   * x̃ᵀHφ_i of row r in draw d.
   *
   * @param f the row's activation
   */
  double at(SourceRows rows, int r, int d, double f) {
    int at = r * v.cols() + d;
    int i = r * outputs + output[d];
    SourceRows.Inner inner = rows.innerPart();
    double k = inner.diagonalPhi().data()[i];
    double c = constant.data()[at] - inner.meanFieldPhi().data()[i];
    return f * linear.data()[at] + (f * f - inner.points()[r]) * k + c;
  }
}
