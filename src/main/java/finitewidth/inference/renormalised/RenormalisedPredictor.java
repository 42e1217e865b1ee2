package finitewidth.inference.renormalised;

import finitewidth.inference.FirstOrder;
import finitewidth.inference.ScaleReport;
import finitewidth.posterior.AtWidths;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.ByCoefficients;
import finitewidth.posterior.Components;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.KernelRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Predicts rows at all widths: what first order says of a row, and O(P² + P × nodes × widths) on
 * top of that. For one thread.
 */
final class RenormalisedPredictor implements BlockPredictor {
  private final Whitened at;
  private final List<AtNetwork> networks;
  private final List<ScaleExpansion> expansions = new ArrayList<>();
  private final double[] tilted;
  private final FirstOrder.Along along;
  private final KernelRow kernels;
  private final double[] covariances;
  private final double[] gaussian = new double[2];

  /**
   * @param along φ' of each network
   */
  RenormalisedPredictor(RenormalisedPosterior posterior, FirstOrder.Along along) {
    at = posterior.at();
    networks = posterior.networks();
    ScaleExpansion.Sums sums = ScaleExpansion.Sums.of(at);
    tilted = new double[networks.size()];
    for (int i = 0; i < tilted.length; i++) {
      AtNetwork network = networks.get(i);
      ScaleExpansion expansion = new ScaleExpansion(at, sums, network.u(), network.w());
      expansions.add(expansion);
      tilted[i] = expansion.tilted(network.psi());
    }
    this.along = along;
    kernels = new KernelRow(posterior.problem().flow());
    covariances = new double[at.size()];
  }

  @Override
  public int blockRows() {
    return along.blockRows();
  }

  @Override
  public List<Prediction> predict(double[][] features) {
    List<FirstOrder.Row> rows = along.contract(features);
    List<Prediction> predictions = new ArrayList<>(features.length);
    for (int x = 0; x < features.length; x++) {
      predictions.add(predict(features[x], rows.get(x)));
    }
    return predictions;
  }

  private Prediction predict(double[] features, FirstOrder.Row first) {
    double variance = kernels.follow(features, covariances, 0);
    Whitened.Row row = at.row(covariances, variance);
    ScaleExpansion.Row scale = ScaleExpansion.Row.of(at, row);
    ByCoefficients order1 = first.prediction();
    List<AtWidths.Known> known = new ArrayList<>(networks.size());
    for (int i = 0; i < networks.size(); i++) {
      known.add(new AtWidths.Known(networks.get(i).widths(), predictive(i, row, scale, first)));
    }
    return new AtWidths(order1.nngpMean(), order1.nngpVariance(), known, order1);
  }

  private Predictive predictive(
      int i, Whitened.Row row, ScaleExpansion.Row scale, FirstOrder.Row first) {
    AtNetwork network = networks.get(i);
    Mixture mixture = mixture(network.scale(), row);
    Predictive order1 = first.prediction().at(network.widths());
    double nngpMean = order1.nngpMean()[0];
    double nngpVariance = order1.nngpVariance();
    double f = Guards.damping(network.rho());
    double shift = -expansions.get(i).along(scale, network.psi(), tilted[i]);
    for (int l = 0; l < first.along().length; l++) {
      shift += first.along()[l][i] / network.widths().width(l);
    }
    double t = f * shift;
    double relative =
        f * (order1.deltaVariance()[0] - expansions.get(i).variance(scale)) / nngpVariance;
    double mean = mixture.mean() + Guards.mean(t, mixture.variance());
    double factor = Guards.variance(relative);
    double variance = mixture.variance() * factor;
    double meanError = f * Guards.meanSlope(t, mixture.variance()) * order1.meanError()[0];
    double varianceError =
        mixture.variance()
            * Guards.varianceSlope(relative)
            * f
            * order1.varianceError()[0]
            / nngpVariance;
    return new Predictive(
        order1.nngpMean(),
        nngpVariance,
        new double[] {mean - nngpMean},
        new double[] {variance - nngpVariance},
        new double[] {meanError},
        new double[] {varianceError},
        ScaleReport.Range.of(network.rho()).isTrusted() && variance > 0,
        mixture.moved(mean, factor, network.scale().weights()));
  }

  /**
   * The Gaussians at the nodes of the scale.
   *
   * @param mean of their mixture
   * @param variance likewise
   */
  private record Mixture(double[] means, double[] variances, double mean, double variance) {

    /** The same with another mean, and the variance times a factor; null where there is none. */
    @Nullable Components moved(double toMean, double factor, double[] weights) {
      double stretch = Math.sqrt(factor);
      double[] moved = new double[means.length];
      double[] stretched = new double[means.length];
      for (int k = 0; k < moved.length; k++) {
        moved[k] = toMean + stretch * (means[k] - mean);
        stretched[k] = factor * variances[k];
        // Written so that NaN is none too: a variance that rounding has left below zero.
        if (!(stretched[k] >= 0)) {
          return null;
        }
      }
      return new Components(new double[][] {moved}, stretched, weights);
    }
  }

  private Mixture mixture(ScalePosterior scale, Whitened.Row row) {
    int nodes = scale.scales().length;
    double[] means = new double[nodes];
    double[] variances = new double[nodes];
    double mean = 0;
    double variance = 0;
    for (int k = 0; k < nodes; k++) {
      at.at(row, scale.scales()[k], gaussian);
      means[k] = gaussian[0];
      variances[k] = gaussian[1];
      mean += scale.weights()[k] * means[k];
      variance += scale.weights()[k] * variances[k];
    }
    for (int k = 0; k < nodes; k++) {
      double off = means[k] - mean;
      variance += scale.weights()[k] * off * off;
    }
    return new Mixture(means, variances, mean, variance);
  }
}
