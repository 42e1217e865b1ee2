package finitewidth.inference.renormalised;

import finitewidth.inference.FirstOrder;
import finitewidth.inference.ScaleReport;
import finitewidth.inference.scale.Guards;
import finitewidth.inference.scale.ScaleExpansion;
import finitewidth.inference.scale.ScaleMixture;
import finitewidth.inference.scale.Whitened;
import finitewidth.posterior.AtWidths;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.ByCoefficients;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.KernelRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Predicts rows at all widths: what first order says of a row, and O(P² + P × scales) on top of
 * that. For one thread.
 */
final class RenormalisedPredictor implements BlockPredictor {
  private final RenormalisedPosterior posterior;
  private final List<AtNetwork> networks;
  private final List<ScaleExpansion> expansions = new ArrayList<>();
  private final double[][][] tilted;
  private final List<FirstOrder.Along> along;
  private final KernelRow kernels;
  private final double[] covariances;
  private final RowScales scales;

  /**
   * @param along first order along φ' of all networks; or, where their bases differ, along none,
   *     and then of each network along its own
   */
  RenormalisedPredictor(
      RenormalisedPosterior posterior, List<FirstOrder.Along> along, RowScales scales) {
    this.posterior = posterior;
    this.scales = scales;
    networks = posterior.networks();
    tilted = new double[networks.size()][][];
    for (int i = 0; i < tilted.length; i++) {
      AtNetwork network = networks.get(i);
      Whitened at = posterior.base(i).at();
      ScaleExpansion expansion =
          new ScaleExpansion(at, ScaleExpansion.Sums.of(at), network.u(), network.w());
      expansions.add(expansion);
      tilted[i] = Arrays.stream(network.psi()).map(expansion::tilted).toArray(double[][]::new);
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
    List<ScaleMixture> mixtures = scales.mixtures(prior.row());
    List<AtWidths.Known> known = new ArrayList<>(networks.size());
    for (int i = 0; i < networks.size(); i++) {
      boolean shared = first.size() == 1;
      Rest rest =
          shared
              ? rest(i, i, prior, first.get(0))
              : rest(
                  i, 0, About.of(posterior.base(i), covariances, variance, bias), first.get(1 + i));
      known.add(
          new AtWidths.Known(
              networks.get(i).widths(), predictive(i, order1, mixtures.get(i), rest)));
    }
    return new AtWidths(order1.nngpMean(), order1.nngpVariance(), known, order1);
  }

  /**
   * What is left to first order of each output, before guards but with the damping f.
   *
   * @param shift t, of the mean
   * @param relative δc'/c
   */
  private record Rest(
      double[] shift, double[] relative, double[] shiftError, double[] relativeError) {}

  /**
   * @param number which of the networks it is among the row's directions
   */
  private Rest rest(int i, int number, About about, FirstOrder.Row first) {
    AtNetwork network = networks.get(i);
    ScaleExpansion expansion = expansions.get(i);
    Predictive order1 = first.prediction().at(network.widths());
    double f = Guards.damping(network.rho());
    double root = Math.sqrt(about.base().scale());
    int outputs = network.psi().length;
    double[][] rest = new double[4][outputs];
    for (int j = 0; j < outputs; j++) {
      double shift = -expansion.along(about.scale(), network.psi()[j], tilted[i][j]);
      for (int l = 0; l < first.along().length; l++) {
        shift += first.along()[l][number * outputs + j] / network.widths().width(l);
      }
      double change = order1.deltaVariance()[j] - expansion.variance(about.scale(), j);
      rest[0][j] = f * root * shift;
      rest[1][j] = f * change / order1.nngpVariance();
      rest[2][j] = f * root * order1.meanError()[j];
      rest[3][j] = f * order1.varianceError()[j] / order1.nngpVariance();
    }
    return new Rest(rest[0], rest[1], rest[2], rest[3]);
  }

  private Predictive predictive(int i, ByCoefficients order1, ScaleMixture mixture, Rest rest) {
    AtNetwork network = networks.get(i);
    int outputs = network.psi().length;
    double[] means = new double[outputs];
    double[] factors = new double[outputs];
    double[][] found = new double[4][outputs];
    boolean positive = true;
    for (int j = 0; j < outputs; j++) {
      double spread = mixture.variance()[j];
      double shift = rest.shift()[j];
      double relative = rest.relative()[j];
      means[j] = mixture.mean()[j] + Guards.mean(shift, spread);
      factors[j] = Guards.variance(relative);
      double variance = spread * factors[j];
      found[0][j] = means[j] - order1.nngpMean()[j];
      found[1][j] = variance - order1.nngpVariance();
      found[2][j] =
          Math.hypot(
              Guards.meanSlope(shift, spread) * rest.shiftError()[j], mixture.meanErrors()[j]);
      found[3][j] =
          Math.hypot(
              spread * Guards.varianceSlope(relative) * rest.relativeError()[j],
              factors[j] * mixture.varianceErrors()[j]);
      positive &= variance > 0;
    }
    return new Predictive(
        order1.nngpMean(),
        order1.nngpVariance(),
        found[0],
        found[1],
        found[2],
        found[3],
        ScaleReport.Range.of(network.rho()).isTrusted() && positive,
        mixture.moved(means, factors));
  }
}
