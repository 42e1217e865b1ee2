package finitewidth.inference.networks;

import finitewidth.gaussian.Derivative;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.prior.Architecture;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all networks of whatever widths are conditioned on, laid out for loops over neurons: a
 * feature is an array of its values at all rows.
 *
 * <p>F_0 = [√(C_W/n_0) X, √C_b 1] enters as F_0 V, with V the right singular vectors of the
 * training rows: the prior is isotropic and does not notice, and the likelihood's curvature in the
 * first layer becomes nearly diagonal. Where features have scales of their own, V stays that of the
 * given rows, and F_0 enters as it is. Immutable; what is broadcast.
 */
final class NetworkProblem implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Architecture architecture;
  private final Derivative derivative;
  private final int features;
  private final Matrix rotation;
  private final double[] inputs;
  private final double[] targets;
  private final int rows;
  private final int outputs;
  private final double noise;
  private final double targetSquares;

  /** Null where hyperparameters are as they were given. */
  private final @Nullable HyperparameterSpace space;

  private final boolean scales;

  private NetworkProblem(
      Architecture architecture,
      Derivative derivative,
      Matrix training,
      Matrix targets,
      double noise,
      Optional<HyperparameterPrior> prior,
      boolean scaled) {
    this.architecture = architecture;
    this.derivative = derivative;
    this.noise = noise;
    rows = training.rows();
    outputs = targets.cols();
    features = training.cols();
    Matrix f0 = scaled(training);
    rotation = SymmetricEigen.of(Products.transposeTimes(f0, f0)).vectors();
    this.targets = targets.transpose().data();
    space =
        prior
            .map(
                some ->
                    new HyperparameterSpace(
                        some,
                        architecture,
                        noise,
                        HyperparameterSpace.variance(this.targets, outputs),
                        features))
            .orElse(null);
    scales = scaled || (space != null && space.hasScales());
    inputs = turned(f0);
    double squares = 0;
    for (double y : this.targets) {
      squares += y * y;
    }
    targetSquares = squares;
  }

  /**
   * Rows to condition on.
   *
   * @param training P × n_0, preprocessed
   * @param targets P × m, preprocessed
   * @param noise s², positive
   * @throws IllegalArgumentException if the activation has no derivative, or the noise is zero
   */
  static NetworkProblem of(
      Architecture architecture, Matrix training, Matrix targets, double noise) {
    return of(architecture, training, targets, noise, Optional.empty(), false);
  }

  /**
   * Rows to condition on, with hyperparameters that are not known.
   *
   * @param noise its prior's median, above the floor
   */
  static NetworkProblem of(
      Architecture architecture,
      Matrix training,
      Matrix targets,
      double noise,
      HyperparameterPrior prior) {
    return of(architecture, training, targets, noise, Optional.of(prior), false);
  }

  /**
   * Rows that states were conditioned on, which bring their hyperparameters along.
   *
   * @param scales whether scales of features are among them
   */
  static NetworkProblem kept(
      Architecture architecture, Matrix training, Matrix targets, double noise, boolean scales) {
    return of(architecture, training, targets, noise, Optional.empty(), scales);
  }

  private static NetworkProblem of(
      Architecture architecture,
      Matrix training,
      Matrix targets,
      double noise,
      Optional<HyperparameterPrior> prior,
      boolean scales) {
    if (!(noise > 0)) {
      throw new IllegalArgumentException(
          "{NOISE_VARIANCE} = "
              + noise
              + "; chains of networks need noise, as fewer neurons than rows fit no targets"
              + " exactly");
    }
    Derivative derivative =
        architecture
            .activation()
            .derivative()
            .orElseThrow(() -> new IllegalArgumentException(withoutDerivative(architecture)));
    return new NetworkProblem(architecture, derivative, training, targets, noise, prior, scales);
  }

  /** Why an activation is not to be had, with its name. */
  private static String withoutDerivative(Architecture architecture) {
    return architecture.activation().name() + " " + NO_DERIVATIVE;
  }

  /** Why an activation is not to be had. */
  static final String NO_DERIVATIVE =
      "has no derivative, which chains of networks need; its class may give one, see"
          + " ActivationFunction.derivative";

  private Matrix scaled(Matrix x) {
    double weight = Math.sqrt(architecture.weightVariance(0) / x.cols());
    double bias = Math.sqrt(architecture.biasVariance(0));
    Matrix scaled = Matrix.zeros(x.rows(), x.cols() + 1);
    for (int a = 0; a < x.rows(); a++) {
      for (int k = 0; k < x.cols(); k++) {
        scaled.set(a, k, weight * x.get(a, k));
      }
      scaled.set(a, x.cols(), bias);
    }
    return scaled;
  }

  private double[] turned(Matrix f0) {
    return scales
        ? f0.transpose().data()
        : Products.transposeTimes(rotation, f0.transpose()).data();
  }

  /**
   * F_0 V of other rows, or F_0 itself where features have scales; a feature after another.
   *
   * @param x T × n_0, preprocessed
   */
  double[] inputsOf(Matrix x) {
    if (x.cols() != features) {
      throw new IllegalArgumentException(
          "rows of " + x.cols() + " features, where training rows have " + features);
    }
    return turned(scaled(x));
  }

  Architecture architecture() {
    return architecture;
  }

  Derivative derivative() {
    return derivative;
  }

  /** V, (n_0 + 1)². */
  Matrix rotation() {
    return rotation;
  }

  /** Those of the training rows, (n_0 + 1) × P. */
  double[] inputs() {
    return inputs;
  }

  /** Yᵀ, m × P. */
  double[] targets() {
    return targets;
  }

  /** tr YᵀY. */
  double targetSquares() {
    return targetSquares;
  }

  /** P. */
  int rows() {
    return rows;
  }

  /** m. */
  int outputs() {
    return outputs;
  }

  /** s². */
  double noise() {
    return noise;
  }

  /** The weights of networks of these widths. */
  NetworkShape shape(int... widths) {
    if (widths.length != architecture.hiddenLayers()) {
      throw new IllegalArgumentException(
          widths.length + " widths for " + architecture.hiddenLayers() + " hidden layers");
    }
    NetworkShape shape = new NetworkShape(features + 1, widths);
    return space == null ? shape : shape.with(space.size());
  }

  /** The coordinates of hyperparameters; empty where these are as they were given. */
  Optional<HyperparameterSpace> space() {
    return Optional.ofNullable(space);
  }

  /** How many coordinates those are. */
  int hyperparameters() {
    return space == null ? 0 : space.size();
  }

  /** Whether features may have scales. */
  boolean hasScales() {
    return scales;
  }
}
