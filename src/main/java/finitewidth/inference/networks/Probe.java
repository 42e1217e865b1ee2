package finitewidth.inference.networks;

/** Looks at what a chain predicts where it is. Works in its own arrays, for one thread. */
final class Probe {
  private final int rows;
  private final int outputs;
  private final CollapsedLikelihood likelihood;
  private final HiddenLayers layers;
  private final double[] mean;
  private final double[] variance;

  Probe(
      NetworkProblem problem, NetworkShape shape, ProbeRows probe, CollapsedLikelihood likelihood) {
    this.likelihood = likelihood;
    rows = probe.rows();
    outputs = problem.outputs();
    layers = new HiddenLayers(problem, shape, probe.inputs(), rows);
    mean = new double[outputs * rows];
    variance = new double[rows];
  }

  /** T. */
  int rows() {
    return rows;
  }

  /** m T. */
  int means() {
    return mean.length;
  }

  /**
   * Conditional means and variances given hidden weights.
   *
   * @param out receives the means, m × T
   * @param step where: after so many times as many
   * @param sums the variances are added to them
   */
  void look(double[] u, double[] out, int step, double[] sums) {
    if (rows == 0) {
      return;
    }
    likelihood.value(u);
    LastWeights weights = likelihood.readout().weights(likelihood.layers().last());
    layers.forward(u, false);
    // The bias among the features is overwritten when variances are made.
    weights.predict(layers.last().clone(), rows, mean, variance);
    System.arraycopy(mean, 0, out, step * mean.length, mean.length);
    for (int a = 0; a < rows; a++) {
      sums[a] += variance[a];
    }
  }
}
