package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;

/**
 * F_0 V of some rows as the variances of the first layer and the scales of features want it: with D
 * the roots of what they are over what was given, F_0 D V, V staying as it is. Without scales of
 * features D has two values, and that is a sum of F_0 V and of the bias's part at O(P n_0);
 * otherwise a product at O(P n_0²). Works in its own arrays, for one thread.
 */
final class FirstFeatures {
  private static final BLAS BLAS_CALLS = BLAS.getInstance();

  private final NetworkProblem problem;
  private final double[] inputs;
  private final int rows;
  private final int size;
  private final Matrix rotation;
  private double[] made = new double[0];

  /**
   * @param inputs of the rows as the problem has them; may change between two looks
   */
  FirstFeatures(NetworkProblem problem, double[] inputs, int rows) {
    this.problem = problem;
    this.inputs = inputs;
    this.rows = rows;
    rotation = problem.rotation();
    size = rotation.rows();
  }

  /** (F_0 D V)ᵀ, a feature after another; is overwritten by the next. */
  double[] of(StateVariances hyperparameters) {
    Architecture given = problem.architecture();
    double weight = Math.sqrt(hyperparameters.weights()[0] / given.weightVariance(0));
    double root = Math.sqrt(given.biasVariance(0));
    double bias = root == 0 ? weight : Math.sqrt(hyperparameters.biases()[0]) / root;
    if (made.length == 0) {
      made = new double[size * rows];
    }
    if (problem.hasScales()) {
      scale(hyperparameters.scales(), weight, bias);
    } else {
      for (int k = 0; k < size; k++) {
        double shift = (bias - weight) * root * rotation.get(size - 1, k);
        for (int a = k * rows; a < (k + 1) * rows; a++) {
          made[a] = weight * inputs[a] + shift;
        }
      }
    }
    return made;
  }

  private void scale(double[] scales, double weight, double bias) {
    double[] turn = new double[size * size];
    for (int j = 0; j < size; j++) {
      double factor = j == size - 1 ? bias : weight * Math.sqrt(scales[j]);
      for (int k = 0; k < size; k++) {
        turn[k * size + j] = factor * rotation.get(j, k);
      }
    }
    BLAS_CALLS.dgemm("N", "N", rows, size, size, 1.0, inputs, rows, turn, size, 0.0, made, rows);
  }

  /**
   * Derivatives by the logarithms of C_b, C_W and scales: dL/d log D_j is Σ_i (gVᵀ)_ij (UVᵀ)_ij.
   *
   * @param u weights, those of the first layer first
   * @param gradient g = dL/dU likewise
   * @param width neurons
   * @param out receives them
   */
  void slopes(double[] u, double[] gradient, int width, StateVariances out) {
    double all = 0;
    for (int i = 0; i < width * size; i++) {
      all += u[i] * gradient[i];
    }
    double bias = slope(u, gradient, width, size - 1);
    out.biases()[0] = 0.5 * bias;
    out.weights()[0] = 0.5 * (all - bias);
    for (int j = 0; j < out.scales().length; j++) {
      out.scales()[j] = 0.5 * slope(u, gradient, width, j);
    }
  }

  private double slope(double[] u, double[] gradient, int width, int j) {
    double[] turn = rotation.data();
    double slope = 0;
    for (int i = 0; i < width; i++) {
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
