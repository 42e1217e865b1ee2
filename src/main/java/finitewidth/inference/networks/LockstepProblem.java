package finitewidth.inference.networks;

import finitewidth.gaussian.Derivative;
import finitewidth.inducing.TrainingPasses;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.prior.Architecture;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What networks are conditioned on where training rows stay where they are: everything but the
 * rows. Goes out with every pass.
 *
 * @param rotation V, the eigenvectors of the Gram matrix of F_0 over all rows: networks take F_0 V
 * @param outputs m
 * @param noise s², as it was given
 * @param scales whether features may have scales: networks take F_0 then
 * @param space the coordinates of hyperparameters; null where these are as they were given
 */
record LockstepProblem(
    Architecture architecture,
    Derivative derivative,
    Matrix rotation,
    int outputs,
    double noise,
    boolean scales,
    @Nullable HyperparameterSpace space)
    implements Serializable {

  /**
   * From a pass over all rows.
   *
   * @param prior of hyperparameters that are sampled
   * @throws IllegalArgumentException if the activation has no derivative, or the noise is zero
   */
  static LockstepProblem of(
      InputSums sums,
      Architecture architecture,
      double noise,
      Optional<HyperparameterPrior> prior) {
    LockstepProblem given =
        restore(
            architecture,
            SymmetricEigen.of(sums.gram()).vectors(),
            sums.outputs(),
            noise,
            prior.filter(HyperparameterPrior::perFeature).isPresent());
    return prior.map(some -> given.with(some, sums.targetVariance())).orElse(given);
  }

  private LockstepProblem with(HyperparameterPrior prior, double targetVariance) {
    return new LockstepProblem(
        architecture,
        derivative,
        rotation,
        outputs,
        noise,
        scales,
        new HyperparameterSpace(prior, architecture, noise, targetVariance, rotation.rows() - 1));
  }

  /**
   * The same from a rotation that is known.
   *
   * @param scales whether states bring scales of features along
   */
  static LockstepProblem restore(
      Architecture architecture, Matrix rotation, int outputs, double noise, boolean scales) {
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
    return new LockstepProblem(architecture, derivative, rotation, outputs, noise, scales, null);
  }

  /** Sums over rows that chains begin with. */
  static InputSums sums(TrainingPasses rows, Architecture architecture, int features) {
    return InputSums.of(
        rows.sum(new InputPass(architecture, features, rows.outputs())),
        features,
        rows.outputs(),
        rows.rows());
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
   * F_0 V of some rows, or F_0 where features may have scales; a feature after another.
   *
   * @param x T × n_0, preprocessed
   */
  double[] inputsOf(Matrix x) {
    if (x.cols() + 1 != rotation.rows()) {
      throw new IllegalArgumentException(
          "rows of " + x.cols() + " features, where training rows have " + (rotation.rows() - 1));
    }
    Matrix first = first(architecture, x).transpose();
    return scales ? first.data() : Products.transposeTimes(rotation, first).data();
  }

  /** The weights of networks of these widths. */
  NetworkShape shape(int... widths) {
    if (widths.length != architecture.hiddenLayers()) {
      throw new IllegalArgumentException(
          widths.length + " widths for " + architecture.hiddenLayers() + " hidden layers");
    }
    return new NetworkShape(rotation.rows(), widths).with(hyperparameters());
  }

  /** Features of some rows at weights yet to be told. */
  HiddenLayers layers(NetworkShape shape, double[] inputs, int rows) {
    return new HiddenLayers(
        architecture,
        derivative,
        shape,
        new FirstFeatures(architecture, rotation, scales, inputs, rows));
  }

  /** How many coordinates of hyperparameters there are. */
  int hyperparameters() {
    return space == null ? 0 : space.size();
  }

  /** Noise and variances at a position; empty where they are as they were given. */
  Optional<StateVariances> variances(Position position) {
    return Optional.ofNullable(space)
        .map(some -> some.at(position.u(), position.shape().weights()));
  }

  /** s² at a position. */
  double noise(Position position) {
    return variances(position).map(StateVariances::noise).orElse(noise);
  }
}
