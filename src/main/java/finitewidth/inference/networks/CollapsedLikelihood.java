package finitewidth.inference.networks;

import finitewidth.linalg.NumericsException;

/**
 * L(U) of one network's hidden weights and its gradient, with the last layer integrated out. Works
 * in its own arrays, for one thread.
 */
final class CollapsedLikelihood implements Slopes {
  private final NetworkProblem problem;
  private final NetworkShape shape;
  private final HiddenLayers layers;
  private final Readout readout;
  private final double[] feature;

  CollapsedLikelihood(NetworkProblem problem, NetworkShape shape) {
    this(problem, shape, Readout.of(problem, shape));
  }

  /** By a form of the last layer that the caller wants. */
  CollapsedLikelihood(NetworkProblem problem, NetworkShape shape, Readout readout) {
    this.problem = problem;
    this.shape = shape;
    this.readout = readout;
    layers = new HiddenLayers(problem, shape, problem.inputs(), problem.rows());
    feature = new double[Math.multiplyExact(shape.features(), problem.rows())];
  }

  @Override
  public NetworkShape shape() {
    return shape;
  }

  /** The training rows' features, as they were asked for last. */
  HiddenLayers layers() {
    return layers;
  }

  /** The last layer, as it was asked for last. */
  Readout readout() {
    return readout;
  }

  /** L(U); NaN where it is not finite. */
  double value(double[] u) {
    layers.forward(u, false);
    return readout.logLikelihood(layers.last());
  }

  /**
   * L(U) with its gradient.
   *
   * @param out receives dL/dU
   */
  @Override
  public double gradient(double[] u, double[] out) {
    layers.forward(u, true);
    double value = readout.logLikelihood(layers.last());
    if (Double.isNaN(value)) {
      return value;
    }
    readout.gradient(layers.last(), feature);
    layers.backward(u, feature, out);
    return value;
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
        "the kernel of a network plus {NOISE_VARIANCE} = "
            + problem.noise()
            + " is not positive definite to working precision; raise {NOISE_VARIANCE}");
  }
}
