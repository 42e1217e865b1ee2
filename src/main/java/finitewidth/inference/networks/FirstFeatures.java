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

  private final Architecture given;
  private final boolean scales;
  private final double[] inputs;
  private final int rows;
  private final int size;
  private final Matrix rotation;
  private double[] made = new double[0];

  /**
   * @param given the network with its variances as they were given
   * @param rotation V
   * @param scales whether features may have scales, so that inputs are F_0 and not F_0 V
   * @param inputs of the rows; may change between two looks
   */
  FirstFeatures(Architecture given, Matrix rotation, boolean scales, double[] inputs, int rows) {
    this.given = given;
    this.rotation = rotation;
    this.scales = scales;
    this.inputs = inputs;
    this.rows = rows;
    size = rotation.rows();
  }

  /** As variances that were given have them. */
  double[] inputs() {
    return inputs;
  }

  int rows() {
    return rows;
  }

  /** (F_0 D V)ᵀ, a feature after another; is overwritten by the next. */
  double[] of(StateVariances hyperparameters) {
    double weight = Math.sqrt(hyperparameters.weights()[0] / given.weightVariance(0));
    double root = Math.sqrt(given.biasVariance(0));
    double bias = root == 0 ? weight : Math.sqrt(hyperparameters.biases()[0]) / root;
    if (made.length == 0) {
      made = new double[size * rows];
    }
    if (scales) {
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
}
