package finitewidth.inference.adaptive;

import finitewidth.inference.FirstOrder;
import finitewidth.inference.scale.Guards;
import finitewidth.inference.scale.ScaleMixture;
import finitewidth.inference.scale.ScaleTable;
import finitewidth.inference.scale.Whitened;
import finitewidth.linalg.RowPanel;
import finitewidth.posterior.AtWidths;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Predicts rows by one adapted network. For one thread. */
final class NetworkPredictor {
  private final AdaptedNetwork network;
  private final KernelRow kernels;
  private final double[] covariances;
  private final ScaleTable table;
  private final @Nullable RestPredictor rest;
  private final FirstOrder.@Nullable Along along;

  /**
   * @param prior the network before it has adapted
   * @param along first order along φ'; null where there is no rest
   */
  NetworkPredictor(AdaptedNetwork network, Architecture prior, FirstOrder.@Nullable Along along) {
    this.network = network;
    this.along = along;
    Architecture adapted = network.network(prior);
    kernels = KernelRow.of(adapted, network.inputs());
    covariances = new double[network.inputs().rows()];
    table = ScaleTable.of(network.at(), network.scale().scales());
    Rest left = network.rest();
    rest = left == null ? null : new RestPredictor(network, left, adapted);
  }

  int blockRows() {
    return along == null ? RowPanel.ROWS : along.blockRows();
  }

  /**
   * Up to so many rows.
   *
   * @param order0 what infinite width has for them
   */
  List<AtWidths.Known> predict(double[][] features, List<Prediction> order0) {
    double[][] inputs = new double[features.length][];
    for (int x = 0; x < inputs.length; x++) {
      inputs[x] = network.found().metric().inputs(features[x]);
    }
    List<FirstOrder.Row> first = along == null ? List.of() : along.contract(inputs);
    List<AtWidths.Known> known = new ArrayList<>(features.length);
    for (int x = 0; x < inputs.length; x++) {
      double variance = kernels.follow(inputs[x], covariances, 0);
      Whitened.Row row = network.at().row(covariances, variance);
      RestPredictor.Moved moved =
          rest == null ? RestPredictor.Moved.NOT : rest.of(row, inputs[x], first.get(x));
      known.add(new AtWidths.Known(network.widths(), predictive(row, moved, order0.get(x))));
    }
    return known;
  }

  private Predictive predictive(Whitened.Row row, RestPredictor.Moved moved, Prediction order0) {
    ScaleMixture mixture = ScaleMixture.of(table, network.scale().weights(), row);
    int outputs = mixture.mean().length;
    double factor = Guards.variance(moved.relative());
    double[] means = new double[outputs];
    double[] factors = new double[outputs];
    double[] deltaMean = new double[outputs];
    double[] deltaVariance = new double[outputs];
    double[] meanError = new double[outputs];
    double[] varianceError = new double[outputs];
    boolean proper = true;
    for (int i = 0; i < outputs; i++) {
      double variance = mixture.variance()[i];
      means[i] = mixture.mean()[i] + Guards.mean(moved.shift(), variance);
      factors[i] = factor;
      deltaMean[i] = means[i] - order0.nngpMean()[i];
      deltaVariance[i] = factor * variance - order0.nngpVariance();
      meanError[i] = Guards.meanSlope(moved.shift(), variance) * moved.shiftError();
      varianceError[i] = variance * Guards.varianceSlope(moved.relative()) * moved.relativeError();
      proper &= variance > 0;
    }
    return new Predictive(
        order0.nngpMean(),
        order0.nngpVariance(),
        deltaMean,
        deltaVariance,
        meanError,
        varianceError,
        network.isTrusted() && proper,
        mixture.moved(means, factors));
  }
}
