package finitewidth.inference.networks;

import finitewidth.linalg.NumericsException;
import java.util.Arrays;
import java.util.Optional;

/**
 * L(U) of one network's hidden weights and its gradient, with the last layer integrated out. Where
 * hyperparameters are sampled their coordinates stand behind the weights, and L is a function of
 * both. Between a trajectory's ends the layers are computed in single precision, and what is solved
 * for the last one in double. Works in its own arrays, for one thread.
 */
final class CollapsedLikelihood implements Slopes {
  private final NetworkProblem problem;
  private final NetworkShape shape;
  private final HiddenLayers layers;
  private final SingleLayers single;
  private final Readout readout;
  private final double[] feature;
  private final float[] singleWeights;
  private final float[] singleFeature;
  private final float[] singleGradient;

  private final Optional<HyperparameterSpace> space;

  /** As features and readout have them; at their coordinates where these are sampled. */
  private StateVariances set;

  private double[] coordinates = new double[0];

  CollapsedLikelihood(NetworkProblem problem, NetworkShape shape) {
    this(problem, shape, Readout.of(problem, shape));
  }

  /** By a form of the last layer that the caller wants. */
  CollapsedLikelihood(NetworkProblem problem, NetworkShape shape, Readout readout) {
    this.problem = problem;
    this.shape = shape;
    this.readout = readout;
    space = problem.space();
    set = StateVariances.of(problem.architecture(), problem.noise());
    layers = new HiddenLayers(problem, shape, problem.inputs(), problem.rows());
    single = new SingleLayers(problem, shape);
    feature = new double[Math.multiplyExact(shape.features(), problem.rows())];
    singleWeights = new float[shape.weights()];
    singleFeature = new float[feature.length];
    singleGradient = new float[shape.weights()];
  }

  @Override
  public NetworkShape shape() {
    return shape;
  }

  /** The training rows' features, as they were asked for last. */
  HiddenLayers layers() {
    return layers;
  }

  /** The same in single precision. */
  SingleLayers single() {
    return single;
  }

  /** The last layer, as it was asked for last. */
  Readout readout() {
    return readout;
  }

  /** Noise and variances of a state. */
  StateVariances hyperparameters(double[] u) {
    place(u);
    return set;
  }

  private void place(double[] u) {
    if (space.isEmpty()) {
      return;
    }
    double[] own = Arrays.copyOfRange(u, shape.weights(), shape.coordinates());
    if (!Arrays.equals(own, coordinates)) {
      coordinates = own;
      take(space.get().at(own, 0));
    }
  }

  private void take(StateVariances hyperparameters) {
    set = hyperparameters;
    layers.set(hyperparameters);
    single.set(hyperparameters, layers.features(0));
    readout.noise(hyperparameters.noise());
  }

  /** L(U); NaN where it is not finite. */
  double value(double[] u) {
    place(u);
    layers.forward(u, false);
    return readout.logLikelihood(layers.last());
  }

  /** L of weights alone, with noise and variances of their own. */
  double value(double[] weights, StateVariances own) {
    take(own);
    layers.forward(weights, false);
    return readout.logLikelihood(layers.last());
  }

  /** L as a function of noise and of the output layer's variances, at a state. */
  OutputLikelihood outputs(double[] u) {
    place(u);
    layers.forward(u, false);
    return readout.outputs(layers.last(), set);
  }

  /**
   * L(U) with its gradient.
   *
   * @param out receives dL/dU
   */
  @Override
  public double gradient(double[] u, double[] out) {
    place(u);
    layers.forward(u, true);
    double value = readout.logLikelihood(layers.last());
    if (Double.isNaN(value)) {
      return value;
    }
    readout.gradient(layers.last(), feature);
    layers.backward(u, feature, out);
    space.ifPresent(sampled -> sampled.pull(set, slopes(u, out), out, shape.weights()));
    return value;
  }

  @Override
  public boolean between(double[] u, double[] out) {
    place(u);
    single.forward(SingleLayers.single(u, singleWeights));
    float[] rounded = single.last();
    double[] last = layers.last();
    int neurons = (shape.features() - 1) * problem.rows();
    for (int i = 0; i < neurons; i++) {
      last[i] = rounded[i];
    }
    if (Double.isNaN(readout.logLikelihood(last))) {
      return false;
    }
    readout.between(last, rounded, singleFeature);
    single.backward(singleWeights, singleFeature, singleGradient);
    for (int i = 0; i < singleGradient.length; i++) {
      out[i] = singleGradient[i];
    }
    space.ifPresent(sampled -> sampled.pull(set, slopes(u, out), out, shape.weights()));
    return true;
  }

  /**
   * Derivatives by the logarithms of noise and variances. A factor c on F and c² on s² only scales
   * the targets' covariance, so Σ F∘dL/dF + 2 dL/d log s² = tr YK⁻¹Yᵀ − mP.
   */
  private StateVariances slopes(double[] u, double[] gradient) {
    double all = readout.slopes();
    double bias = readout.lastSlope(layers.last());
    int layer = shape.layers();
    double targets = (double) problem.outputs() * problem.rows();
    StateVariances slopes =
        new StateVariances(
            0.5 * (readout.dataFit() - targets - all),
            new double[layer + 1],
            new double[layer + 1],
            new double[set.scales().length]);
    VarianceSlopes.of(shape, problem.rotation(), u, gradient, slopes);
    slopes.weights()[layer] = 0.5 * (all - bias);
    slopes.biases()[layer] = 0.5 * bias;
    return slopes;
  }

  /**
   * Refuses a state where the likelihood is no number, saying why.
   *
   * @throws NumericsException always
   */
  @Override
  public NumericsException noNumber(double[] u) {
    layers.forward(u, false);
    for (int l = 1; l <= shape.layers(); l++) {
      if (!Readout.finite(layers.features(l))) {
        return new NumericsException(
            "the activation "
                + problem.architecture().activation().name()
                + " is not finite where a network's fields of hidden layer "
                + l
                + " are");
      }
    }
    return new NumericsException(
        space.isPresent()
            ? "the kernel of a network plus a sampled noise of "
                + set.noise()
                + " is not positive definite to working precision; raise {EVIDENCE_NOISE_FLOOR}"
            : "the kernel of a network plus {NOISE_VARIANCE} = "
                + problem.noise()
                + " is not positive definite to working precision; raise {NOISE_VARIANCE}");
  }
}
