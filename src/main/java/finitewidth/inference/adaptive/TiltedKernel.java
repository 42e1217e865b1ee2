package finitewidth.inference.adaptive;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.prior.Architecture;

/**
 * What a change X = U Z Uᵀ of the first layer's kernel U Uᵀ makes of the output's, to first order,
 * in a network of one hidden layer: D[X]_ab = C_W (F_12 X_ab + F_11 X_aa + F_22 X_bb). Belongs to
 * one thread; O(P (r + H)) a row.
 */
final class TiltedKernel {
  private final Activation activation;
  private final double weight;
  private final Matrix inputs;
  private final Matrix tilt;
  private final double[] changes;
  private final TwoPointRow pairs;
  private final OnePoint point = new OnePoint();

  /**
   * @param network with the inputs u
   * @param inputs U of the training rows, P × r
   * @param tilt Z, r × r, symmetric
   */
  TiltedKernel(Architecture network, Matrix inputs, Matrix tilt) {
    activation = network.activation();
    weight = network.weightVariance(1);
    this.inputs = inputs;
    this.tilt = tilt;
    int n = inputs.rows();
    changes = new double[n];
    pairs = new TwoPointRow(n, false);
    for (int a = 0; a < n; a++) {
      double[] u = inputs.row(a);
      pairs.k22[a] = dot(u, u);
      changes[a] = dot(Products.times(tilt, u), u);
    }
  }

  private static double dot(double[] x, double[] y) {
    return Products.dot(x, 0, y, 0, x.length);
  }

  /**
   * A row with all training rows.
   *
   * @param u of the row
   * @param to receives D[X]_xa, or so many of them
   * @return D[X]_xx
   */
  double follow(double[] u, double[] to) {
    double[] tilted = Products.times(tilt, u);
    double change = dot(tilted, u);
    int r = u.length;
    pairs.k11 = dot(u, u);
    for (int a = 0; a < to.length; a++) {
      double separation = 0;
      for (int k = 0; k < r; k++) {
        double difference = u[k] - inputs.data()[a * r + k];
        separation += difference * difference;
      }
      pairs.k12[a] = Products.dot(u, 0, inputs.data(), a * r, r);
      pairs.separation[a] = separation;
    }
    activation.twoPoint(pairs, to.length);
    for (int a = 0; a < to.length; a++) {
      double both = Products.dot(tilted, 0, inputs.data(), a * r, r);
      to[a] = weight * (pairs.dc[a] * both + pairs.d1[a] * change + pairs.d2[a] * changes[a]);
    }
    activation.onePoint(pairs.k11, point);
    return weight * point.first * change;
  }

  /** D[X] of the training rows. */
  Matrix training() {
    int n = inputs.rows();
    Matrix all = Matrix.zeros(n, n);
    for (int a = 0; a < n; a++) {
      double[] row = new double[a];
      all.set(a, a, follow(inputs.row(a), row));
      for (int b = 0; b < a; b++) {
        all.set(a, b, row[b]);
        all.set(b, a, row[b]);
      }
    }
    return all;
  }
}
