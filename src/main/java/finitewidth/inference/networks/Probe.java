package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;

/** Looks at what a chain predicts where it is. Works in its own arrays, for one thread. */
final class Probe {
  private final int rows;
  private final CollapsedLikelihood likelihood;
  private final HiddenLayers layers;
  private final double[] mean;
  private double value;

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

  /** L where it looked last. */
  double logLikelihood() {
    return value;
  }

  /**
   * Conditional means given hidden weights.
   *
   * @return m × T; is overwritten by the next
   */
  double[] look(double[] u) {
    value = likelihood.value(u);
    if (rows > 0) {
      double[] last = likelihood.readout().mean(likelihood.layers().last());
      layers.forward(u, false);
      int features = likelihood.shape().features();
      int outputs = mean.length / rows;
      BLAS.getInstance()
          .dgemm(
              "N",
              "N",
              rows,
              outputs,
              features,
              1.0,
              layers.last(),
              rows,
              last,
              features,
              0.0,
              mean,
              rows);
    }
    return mean;
  }
}
