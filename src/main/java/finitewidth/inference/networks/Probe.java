package finitewidth.inference.networks;

/** Looks at what a chain predicts where it is. Works in its own arrays, for one thread. */
final class Probe {
  private final int rows;
  private final CollapsedLikelihood likelihood;
  private final HiddenLayers layers;
  private final double[] mean;

  Probe(
      NetworkProblem problem, NetworkShape shape, ProbeRows probe, CollapsedLikelihood likelihood) {
    this.likelihood = likelihood;
    rows = probe.rows();
    layers = new HiddenLayers(problem, shape, probe.inputs(), rows);
    mean = new double[problem.outputs() * rows];
  }

  /** m T. */
  int means() {
    return mean.length;
  }

  /**
   * Conditional means given hidden weights.
   *
   * @return m × T; is overwritten by the next
   */
  double[] look(double[] u) {
    if (rows > 0) {
      likelihood.value(u);
      LastWeights weights = likelihood.readout().weights(likelihood.layers().last());
      layers.forward(u, false);
      weights.mean(layers.last(), rows, mean);
    }
    return mean;
  }
}
