package finitewidth.inference.ensemble;

/**
 * The control variates of a draw: what the expansion in its kernel's deviation says of every
 * weighted quantity, as far as its mean is known to be zero whatever the widths.
 *
 * <p>1 first order; 2 second order; 3 higher orders in the exponent of the weight. Belongs to one
 * thread.
 */
final class Controls {
  /** How many there are of each quantity. */
  static final int COUNT = 3;

  private final Projections layers;
  private final Projections single;
  private final BlockChain plain;
  private final BlockChain dressed;
  private final HiddenChain hidden;
  private final double[][] control;
  private final Quantities quantities;

  /**
   * @param deviations of the hidden kernels of the same network
   */
  Controls(EnsembleProblem problem, HiddenDeviations deviations) {
    layers = new Projections(problem);
    single = new Projections(problem);
    plain = new BlockChain(problem, false);
    dressed = new BlockChain(problem, true);
    hidden = new HiddenChain(problem, deviations);
    quantities = problem.quantities();
    control = new double[COUNT][quantities.count()];
  }

  /** [control][quantity] of a network. */
  double[][] of(NetworkDraw network) {
    plain.clear();
    dressed.clear();
    hidden.clear();
    for (int s = 0; s < network.blocks().length; s++) {
      layers.project(network.blocks()[s]);
      for (int k = 0; k < layers.weight.length; k++) {
        hidden.take(s, k, layers.weight[k], plain, dressed);
        plain.take(layers, k);
        dressed.take(layers, k);
      }
    }
    for (int q = 0; q < quantities.posterior(); q++) {
      control[0][q] = plain.first()[q];
      control[1][q] = plain.higher()[q];
      control[2][q] = dressed.higher()[q] - plain.higher()[q];
    }
    if (network.blocks().length > 1) {
      single.project(network.curvature());
      addLinear(control[1]);
    }
    hidden.controls(control);
    return control;
  }

  private void addLinear(double[] out) {
    out[Quantities.WEIGHT] += single.weight[0];
    for (int x = 0; x < quantities.tests(); x++) {
      for (int i = 0; i < quantities.outputs(); i++) {
        out[quantities.mean(x, i)] += single.mean[0][x * quantities.outputs() + i];
        out[quantities.square(x, i)] += single.variance[0][x];
      }
    }
  }
}
