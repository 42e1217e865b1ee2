package finitewidth.inference.networks;

import finitewidth.linalg.Matrix;

/**
 * Derivatives of L by the logarithms of all variances but the output layer's, from dL/dU alone: a
 * factor on columns of features is one on columns of weights.
 */
final class VarianceSlopes {
  private VarianceSlopes() {}

  /**
   * Finds them.
   *
   * @param rotation V of the first layer's features, F_0 V
   * @param u all weights
   * @param gradient dL/dU
   * @param out receives them
   */
  static void of(
      NetworkShape shape, Matrix rotation, double[] u, double[] gradient, StateVariances out) {
    first(shape, rotation, u, gradient, out);
    for (int l = 1; l < shape.layers(); l++) {
      int fanIn = shape.fanIn(l);
      double all = 0;
      double bias = 0;
      for (int at = shape.offset(l); at < shape.offset(l + 1); at += fanIn) {
        for (int k = 0; k < fanIn - 1; k++) {
          all += u[at + k] * gradient[at + k];
        }
        bias += u[at + fanIn - 1] * gradient[at + fanIn - 1];
      }
      out.weights()[l] = 0.5 * all;
      out.biases()[l] = 0.5 * bias;
    }
  }

  /** With D the roots of variances over those given, dL/d log D_j is Σ_i (gVᵀ)_ij (UVᵀ)_ij. */
  private static void first(
      NetworkShape shape, Matrix rotation, double[] u, double[] gradient, StateVariances out) {
    int size = shape.fanIn(0);
    double all = 0;
    for (int i = 0; i < shape.width(0) * size; i++) {
      all += u[i] * gradient[i];
    }
    double bias = column(shape, rotation, u, gradient, size - 1);
    out.biases()[0] = 0.5 * bias;
    out.weights()[0] = 0.5 * (all - bias);
    for (int j = 0; j < out.scales().length; j++) {
      out.scales()[j] = 0.5 * column(shape, rotation, u, gradient, j);
    }
  }

  private static double column(
      NetworkShape shape, Matrix rotation, double[] u, double[] gradient, int j) {
    int size = shape.fanIn(0);
    double[] turn = rotation.data();
    double slope = 0;
    for (int i = 0; i < shape.width(0); i++) {
      double turned = 0;
      double force = 0;
      for (int k = 0; k < size; k++) {
        turned += u[i * size + k] * turn[j * size + k];
        force += gradient[i * size + k] * turn[j * size + k];
      }
      slope += turned * force;
    }
    return slope;
  }
}
