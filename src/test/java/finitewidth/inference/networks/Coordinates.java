package finitewidth.inference.networks;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;

/** Between weights as they are written on paper and the columns that chains turn them into. */
final class Coordinates {
  private Coordinates() {}

  /** U_1 V, and U_l (1 − 2vvᵀ) above: what chains hold. */
  static double[] turned(NetworkProblem problem, NetworkShape shape, double[][] plain) {
    double[] all = new double[shape.weights()];
    for (int l = 0; l < plain.length; l++) {
      Matrix u = Matrix.wrap(shape.width(l), shape.fanIn(l), plain[l]);
      double[] turned = Products.times(u, turn(problem, shape, l)).data();
      System.arraycopy(turned, 0, all, shape.offset(l), turned.length);
    }
    return all;
  }

  /** An orthogonal matrix, the inverse of which is its transpose. */
  private static Matrix turn(NetworkProblem problem, NetworkShape shape, int l) {
    if (l == 0) {
      return problem.rotation();
    }
    int n = shape.width(l - 1);
    Matrix reflection = Matrix.zeros(n + 1, n + 1);
    double[] v = new double[n + 1];
    double square = 0;
    for (int j = 0; j < n; j++) {
      v[j] = (j == 0 ? 1 : 0) - 1 / Math.sqrt(n);
      square += v[j] * v[j];
    }
    for (int j = 0; j <= n; j++) {
      for (int k = 0; k <= n; k++) {
        double shift = square > 1e-12 ? 2 * v[j] * v[k] / square : 0;
        reflection.set(j, k, (j == k ? 1 : 0) - shift);
      }
    }
    return reflection;
  }

  /** A gradient in the columns of chains, as it is on paper. */
  static double[] plainGradient(NetworkProblem problem, NetworkShape shape, double[] turned) {
    double[] plain = new double[turned.length];
    for (int l = 0; l < shape.layers(); l++) {
      int size = shape.width(l) * shape.fanIn(l);
      double[] own = new double[size];
      System.arraycopy(turned, shape.offset(l), own, 0, size);
      double[] back =
          Products.timesTranspose(
                  Matrix.wrap(shape.width(l), shape.fanIn(l), own), turn(problem, shape, l))
              .data();
      System.arraycopy(back, 0, plain, shape.offset(l), size);
    }
    return plain;
  }
}
