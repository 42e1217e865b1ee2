package finitewidth.inference.montecarlo;

import finitewidth.linalg.Matrix;

/** The self-energy's part of rows' coefficients. */
final class SelfEnergyRows {
  private SelfEnergyRows() {}

  static void add(ExactRows exact, RowFlows rows, int s, Matrix training) {
    int n = training.rows();
    Matrix pairs = Matrix.zeros(rows.size(), n);
    double[] points = new double[rows.size()];
    for (int x = 0; x < points.length; x++) {
      double[] row = rows.selfEnergy(x, s);
      System.arraycopy(row, 0, pairs.data(), x * n, n);
      points[x] = row[n];
    }
    exact.addShift(1, pairs, points, training);
  }
}
