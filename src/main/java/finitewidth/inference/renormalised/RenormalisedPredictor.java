package finitewidth.inference.renormalised;

import finitewidth.inference.FirstOrder;
import finitewidth.inference.ScaleReport;
import finitewidth.inference.scale.Guards;
import finitewidth.inference.scale.ScaleExpansion;
import finitewidth.inference.scale.ScalePosterior;
import finitewidth.inference.scale.Whitened;
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
  private final RenormalisedPosterior posterior;
  private final List<AtNetwork> networks;
  private final List<ScaleExpansion> expansions = new ArrayList<>();
  private final double[] tilted;
  private final List<FirstOrder.Along> along;
  private final KernelRow kernels;
  private final double[] covariances;
  private final double[] gaussian = new double[2];

  /**
   * @param along first order along φ' of all networks; or, where their bases differ, along none,
   *     and then of each network along its own
   */
  RenormalisedPredictor(RenormalisedPosterior posterior, List<FirstOrder.Along> along) {
    this.posterior = posterior;
    networks = posterior.networks();
    tilted = new double[networks.size()];
    for (int i = 0; i < tilted.length; i++) {
      AtNetwork network = networks.get(i);
      Whitened at = posterior.base(i).at();
      ScaleExpansion expansion =
          new ScaleExpansion(at, ScaleExpansion.Sums.of(at), network.u(), network.w());
      expansions.add(expansion);
      tilted[i] = expansion.tilted(network.psi());
    }
    this.along = along;
    kernels = new KernelRow(posterior.problem().flow());
    covariances = new double[posterior.problem().size()];
  }

  @Override
  public int blockRows() {
    return along.get(0).blockRows();
  }

  @Override
  public List<Prediction> predict(double[][] features) {
    List<List<FirstOrder.Row>> rows = along.stream().map(each -> each.contract(features)).toList();
    List<Prediction> predictions = new ArrayList<>(features.length);
    for (int x = 0; x < features.length; x++) {
      int row = x;
      predictions.add(predict(features[x], rows.stream().map(each -> each.get(row)).toList()));
    }
    return predictions;
  }

  /** What a row has about one base. */
  private record About(Base base, Whitened.Row row, ScaleExpansion.Row scale) {
    static About of(Base base, double[] covariances, double variance, double bias) {
      // The bias is all in which kernels of bases differ.
      double shift = base.at().biasVariance() - bias;
      double[] own = covariances.clone();
      for (int a = 0; a < own.length; a++) {
        own[a] += shift;
      }
      Whitened.Row row = base.at().row(own, variance + shift);
      return new About(base, row, ScaleExpansion.Row.of(base.at(), row));
    }
  }

  private Prediction predict(double[] features, List<FirstOrder.Row> first) {
    double variance = kernels.follow(features, covariances, 0);
    double bias = posterior.base().at().biasVariance();
    About prior = About.of(posterior.base(), covariances, variance, bias);
    ByCoefficients order1 = first.get(0).prediction();
    List<AtWidths.Known> known = new ArrayList<>(networks.size());
    for (int i = 0; i < networks.size(); i++) {
      Mixture mixture = mixture(networks.get(i).scale(), prior.row());
      boolean shared = first.size() == 1;
      Rest rest =
          shared
              ? rest(i, i, prior, first.get(0))
              : rest(
                  i, 0, About.of(posterior.base(i), covariances, variance, bias), first.get(1 + i));
      known.add(new AtWidths.Known(networks.get(i).widths(), predictive(i, order1, mixture, rest)));
    }
    return new AtWidths(order1.nngpMean(), order1.nngpVariance(), known, order1);
  }

  /**
   * What is left to first order, before guards but with the damping f.
   *
   * @param shift t, of the mean
   * @param relative δc'/c
   */
  private record Rest(double shift, double relative, double shiftError, double relativeError) {}

  /**
   * @param direction where φ' of network i is among the row's directions
   */
  private Rest rest(int i, int direction, About about, FirstOrder.Row first) {
    AtNetwork network = networks.get(i);
    ScaleExpansion expansion = expansions.get(i);
    Predictive order1 = first.prediction().at(network.widths());
    double f = Guards.damping(network.rho());
    double root = Math.sqrt(about.base().scale());
    double shift = -expansion.along(about.scale(), network.psi(), tilted[i]);
    for (int l = 0; l < first.along().length; l++) {
      shift += first.along()[l][direction] / network.widths().width(l);
    }
    double change = order1.deltaVariance()[0] - expansion.variance(about.scale());
    return new Rest(
        f * root * shift,
        f * change / order1.nngpVariance(),
        f * root * order1.meanError()[0],
        f * order1.varianceError()[0] / order1.nngpVariance());
  }

  private Predictive predictive(int i, ByCoefficients order1, Mixture mixture, Rest rest) {
    AtNetwork network = networks.get(i);
    double spread = mixture.variance();
    double mean = mixture.mean() + Guards.mean(rest.shift(), spread);
    double factor = Guards.variance(rest.relative());
    double variance = spread * factor;
    return new Predictive(
        order1.nngpMean(),
        order1.nngpVariance(),
        new double[] {mean - order1.nngpMean()[0]},
        new double[] {variance - order1.nngpVariance()},
        new double[] {Guards.meanSlope(rest.shift(), spread) * rest.shiftError()},
        new double[] {spread * Guards.varianceSlope(rest.relative()) * rest.relativeError()},
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
      return Components.weighted(new double[][] {moved}, stretched, weights);
    }
  }

  private Mixture mixture(ScalePosterior scale, Whitened.Row row) {
    int nodes = scale.scales().length;
    double[] means = new double[nodes];
    double[] variances = new double[nodes];
    double mean = 0;
    double variance = 0;
    for (int k = 0; k < nodes; k++) {
      posterior.base().at().at(row, scale.scales()[k], gaussian);
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
