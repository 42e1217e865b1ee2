package finitewidth.inference.networks;

import java.util.Optional;

/**
 * Looks at what a chain predicts where it is, and at its hyperparameters where these are sampled.
 * Works in its own arrays, for one thread.
 */
final class Probe {
  private final int rows;
  private final CollapsedLikelihood likelihood;
  private final HiddenLayers layers;
  private final Optional<HyperparameterSpace> space;
  private final int means;
  private final double[] mean;
  private final double[] values;
  private double value;

  Probe(
      NetworkProblem problem, NetworkShape shape, ProbeRows probe, CollapsedLikelihood likelihood) {
    this.likelihood = likelihood;
    rows = probe.rows();
    layers = new HiddenLayers(problem, shape, probe.inputs(), rows);
    space = problem.space();
    means = problem.outputs() * rows;
    mean = new double[means];
    values = space.isEmpty() ? mean : new double[means + problem.hyperparameters()];
  }

  /** m T, and hyperparameters. */
  int values() {
    return values.length;
  }

  /** L where it looked last. */
  double logLikelihood() {
    return value;
  }

  /**
   * Conditional means given hidden weights, then hyperparameters.
   *
   * @return m × T numbers, then one for each sampled hyperparameter; is overwritten by the next
   */
  double[] look(double[] u) {
    value = likelihood.value(u);
    if (rows > 0) {
      double[] last = likelihood.readout().mean(likelihood.layers().last());
      if (space.isPresent()) {
        layers.set(likelihood.hyperparameters(u));
      }
      layers.forward(u, false);
      int features = likelihood.shape().features();
      LastWeights.mean(last, features, means / rows, layers.last(), rows, mean);
    }
    if (space.isPresent()) {
      System.arraycopy(mean, 0, values, 0, means);
      space.get().values(likelihood.hyperparameters(u), values, means);
    }
    return values;
  }
}
