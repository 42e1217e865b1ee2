package finitewidth.inference.networks;

import finitewidth.gaussian.Derivative;
import finitewidth.inducing.TrainingPasses;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.prior.Architecture;
import java.io.Serializable;

/**
 * What networks are conditioned on where training rows stay where they are: everything but the
 * rows. Goes out with every pass.
 *
 * @param rotation V, the eigenvectors of the Gram matrix of F_0 over all rows: networks take F_0 V
 * @param outputs m
 * @param noise s²
 */
record LockstepProblem(
    Architecture architecture, Derivative derivative, Matrix rotation, int outputs, double noise)
    implements Serializable {

  /**
   * Passes over all rows once, for the rotation.
   *
   * @throws IllegalArgumentException if the activation has no derivative, or the noise is zero
   */
  static LockstepProblem of(InputSums sums, Architecture architecture, double noise) {
    return restore(architecture, SymmetricEigen.of(sums.gram()).vectors(), sums.outputs(), noise);
  }

  /** The same from a rotation that is known. */
  static LockstepProblem restore(
      Architecture architecture, Matrix rotation, int outputs, double noise) {
    if (!(noise > 0)) {
      throw new IllegalArgumentException(
          "{NOISE_VARIANCE} = " + noise + "; chains of networks need noise above 0");
    }
    Derivative derivative =
        architecture
            .activation()
            .derivative()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        architecture.activation().name() + " " + NetworkProblem.NO_DERIVATIVE));
    return new LockstepProblem(architecture, derivative, rotation, outputs, noise);
  }

  /** Sums over rows that chains begin with. */
  static InputSums sums(TrainingPasses rows, Architecture architecture, int features) {
    return InputSums.of(
        rows.sum(new InputPass(architecture, features, rows.outputs())), features, rows.outputs());
  }

  /** F_0 = [√(C_W/n_0) X, √C_b·1], not rotated. */
  static Matrix first(Architecture architecture, Matrix x) {
    double weight = Math.sqrt(architecture.weightVariance(0) / x.cols());
    double bias = Math.sqrt(architecture.biasVariance(0));
    Matrix first = Matrix.zeros(x.rows(), x.cols() + 1);
    for (int a = 0; a < x.rows(); a++) {
      for (int k = 0; k < x.cols(); k++) {
        first.set(a, k, weight * x.get(a, k));
      }
      first.set(a, x.cols(), bias);
    }
    return first;
  }

  /**
   * F_0 V of some rows, a feature after another.
   *
   * @param x T × n_0, preprocessed
   */
  double[] inputsOf(Matrix x) {
    if (x.cols() + 1 != rotation.rows()) {
      throw new IllegalArgumentException(
          "rows of " + x.cols() + " features, where training rows have " + (rotation.rows() - 1));
    }
    return Products.transposeTimes(rotation, first(architecture, x).transpose()).data();
  }

  /** The weights of networks of these widths. */
  NetworkShape shape(int... widths) {
    if (widths.length != architecture.hiddenLayers()) {
      throw new IllegalArgumentException(
          widths.length + " widths for " + architecture.hiddenLayers() + " hidden layers");
    }
    return new NetworkShape(rotation.rows(), widths);
  }

  /** Features of some rows at weights yet to be told. */
  HiddenLayers layers(NetworkShape shape, double[] inputs, int rows) {
    return new HiddenLayers(architecture, derivative, shape, inputs, rows);
  }
}
