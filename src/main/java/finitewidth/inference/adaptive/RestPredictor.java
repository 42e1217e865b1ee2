package finitewidth.inference.adaptive;

import finitewidth.inference.FirstOrder;
import finitewidth.inference.scale.Guards;
import finitewidth.inference.scale.ScaleExpansion;
import finitewidth.inference.scale.Whitened;
import finitewidth.linalg.Products;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;

/** By how much what is left to first order moves a row. For one thread. */
final class RestPredictor {
  private final Whitened at;
  private final Rest rest;
  private final AdaptedNetwork network;
  private final ScaleExpansion scale;
  private final double[] tilted;
  private final double[] shifted;
  private final TiltedKernel kernel;
  private final double[] to;

  RestPredictor(AdaptedNetwork network, Rest rest, Architecture adapted) {
    this.network = network;
    this.rest = rest;
    at = network.at();
    scale = Rest.scale(at, network.widths().width(0));
    tilted = scale.tilted(rest.psi());
    shifted = Products.times(rest.shift(), rest.psi());
    kernel = new TiltedKernel(adapted, network.inputs(), rest.tilt());
    to = new double[at.size()];
  }

  /**
   * The change of a row's distribution, damped but not yet guarded.
   *
   * @param shift of the mean
   * @param relative change of the variance
   */
  record Moved(double shift, double relative, double shiftError, double relativeError) {
    static final Moved NOT = new Moved(0, 0, 0, 0);
  }

  Moved of(Whitened.Row row, double[] inputs, FirstOrder.Row first) {
    double width = network.widths().width(0);
    Predictive order1 = first.prediction().at(network.widths());
    ScaleExpansion.Row part = ScaleExpansion.Row.of(at, row);
    // What learning the metric has taken, of x̃ = x − w_x·R.
    double own = kernel.follow(inputs, to);
    double[] along = Products.times(at.basis(), to);
    double[] through = Products.times(rest.shift(), row.own());
    double metricShift = 0;
    double metricVariance = own;
    for (int k = 0; k < along.length; k++) {
      metricShift += along[k] * rest.psi()[k] - row.own()[k] * shifted[k];
      metricVariance += row.own()[k] * (through[k] - 2 * along[k]);
    }
    double f = Guards.damping(rest.rho());
    double shift =
        (first.along()[0][0] - metricShift) / width - scale.along(part, rest.psi(), tilted);
    double change = order1.deltaVariance()[0] - metricVariance / width - scale.variance(part, 0);
    return new Moved(
        f * shift,
        f * change / order1.nngpVariance(),
        f * order1.meanError()[0],
        f * order1.varianceError()[0] / order1.nngpVariance());
  }
}
