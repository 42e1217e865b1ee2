package finitewidth.inference.adaptive;

import finitewidth.inference.FirstOrder;
import finitewidth.inference.scale.Guards;
import finitewidth.inference.scale.Whitened;
import finitewidth.linalg.RowPanel;
import finitewidth.posterior.AtWidths;
import finitewidth.posterior.Components;
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
  private final double[] gaussian = new double[2];
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
      Whitened.Row row = network.at().get(0).row(covariances, variance);
      RestPredictor.Moved moved =
          rest == null ? RestPredictor.Moved.NOT : rest.of(row, inputs[x], first.get(x));
      known.add(new AtWidths.Known(network.widths(), predictive(row, moved, order0.get(x))));
    }
    return known;
  }

  private Predictive predictive(Whitened.Row row, RestPredictor.Moved moved, Prediction order0) {
    double[] weights = network.scale().weights();
    int outputs = network.at().size();
    double[][] means = new double[outputs][weights.length];
    double[] variances = new double[weights.length];
    double[] deltaMean = new double[outputs];
    double[] deltaVariance = new double[outputs];
    double[] meanError = new double[outputs];
    double[] varianceError = new double[outputs];
    double factor = Guards.variance(moved.relative());
    boolean proper = true;
    for (int i = 0; i < outputs; i++) {
      double mean = 0;
      double variance = 0;
      for (int k = 0; k < weights.length; k++) {
        network.at().get(i).at(row, network.scale().scales()[k], gaussian);
        means[i][k] = gaussian[0];
        variances[k] = gaussian[1];
        mean += weights[k] * gaussian[0];
        variance += weights[k] * gaussian[1];
      }
      for (int k = 0; k < weights.length; k++) {
        double off = means[i][k] - mean;
        variance += weights[k] * off * off;
      }
      double to = mean + Guards.mean(moved.shift(), variance);
      stretch(means[i], mean, to, Math.sqrt(factor));
      deltaMean[i] = to - order0.nngpMean()[i];
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
        components(means, variances, factor, weights));
  }

  /** Means about another one, farther or nearer by a factor. */
  private static void stretch(double[] means, double from, double to, double factor) {
    for (int k = 0; k < means.length; k++) {
      means[k] = to + factor * (means[k] - from);
    }
  }

  /** The Gaussians at the nodes of the scale; null where rounding has left a variance below 0. */
  private static @Nullable Components components(
      double[][] means, double[] variances, double factor, double[] weights) {
    double[] stretched = new double[variances.length];
    for (int k = 0; k < stretched.length; k++) {
      stretched[k] = factor * variances[k];
      // Written so that NaN is none too.
      if (!(stretched[k] >= 0)) {
        return null;
      }
    }
    return Components.weighted(means, stretched, weights);
  }
}
