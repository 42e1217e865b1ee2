package finitewidth.inference.linear;

import finitewidth.inference.comparison.Jackknife;
import finitewidth.inference.scale.Whitened;
import finitewidth.linalg.RowPanel;
import finitewidth.posterior.AtWidths;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.Components;
import finitewidth.posterior.NngpPredictor;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.KernelRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Predicts rows by the mixture over matrices of scales: O(P² + nodes × features × outputs) for a
 * row and a network. For one thread.
 */
final class MatrixPredictor implements BlockPredictor {
  /** Standard error of a mean over the deviation of its prediction, at most, to be trusted. */
  private static final double LARGEST_ERROR = 0.2;

  private final MatrixPosterior posterior;
  private final NngpPredictor nngp;
  private final KernelRow kernels;
  private final double[] covariances;
  private final List<RotatedTargets> rotated = new ArrayList<>();

  MatrixPredictor(MatrixPosterior posterior) {
    this.posterior = posterior;
    nngp = new NngpPredictor(posterior.nngp(), posterior.problem().flow());
    kernels = new KernelRow(posterior.problem().flow());
    covariances = new double[posterior.problem().size()];
    MatrixLikelihood data = MatrixLikelihood.of(posterior.at(), posterior.problem().outputs());
    for (MatrixNodes nodes : posterior.networks()) {
      rotated.add(new RotatedTargets(data, nodes));
    }
  }

  @Override
  public int blockRows() {
    return RowPanel.ROWS;
  }

  @Override
  public List<Prediction> predict(double[][] features) {
    List<Prediction> order0 = nngp.predict(features);
    List<Prediction> predictions = new ArrayList<>(features.length);
    for (int x = 0; x < features.length; x++) {
      Prediction limit = order0.get(x);
      MatrixRow row = row(features[x]);
      List<AtWidths.Known> known = new ArrayList<>();
      for (RotatedTargets each : rotated) {
        known.add(new AtWidths.Known(each.nodes().widths(), predictive(each, row, limit)));
      }
      predictions.add(new AtWidths(limit.nngpMean(), limit.nngpVariance(), known));
    }
    return predictions;
  }

  private MatrixRow row(double[] features) {
    double variance = kernels.follow(features, covariances, 0);
    Whitened at = posterior.at();
    return MatrixRow.of(at, at.row(covariances, variance), posterior.problem().outputs());
  }

  /**
   * The covariance of the outputs at a row.
   *
   * @param network by number
   */
  double[][] covariance(double[] features, int network) {
    RotatedTargets each = rotated.get(network);
    MatrixRow row = row(features);
    int m = posterior.problem().outputs();
    double[] mean = new double[m];
    double[][] square = new double[m][m];
    double[] own = new double[m];
    double[] spread = new double[m];
    for (int k = 0; k < each.nodes().size(); k++) {
      each.at(row, k, own, spread);
      double weight = each.nodes().weights()[k];
      double[] vectors = each.nodes().vectors()[k];
      for (int p = 0; p < m; p++) {
        mean[p] += weight * own[p];
        for (int q = 0; q < m; q++) {
          double sum = own[p] * own[q];
          for (int i = 0; i < m; i++) {
            sum += vectors[p * m + i] * vectors[q * m + i] * spread[i];
          }
          square[p][q] += weight * sum;
        }
      }
    }
    for (int p = 0; p < m; p++) {
      for (int q = 0; q < m; q++) {
        square[p][q] -= mean[p] * mean[q];
      }
    }
    return square;
  }

  private Predictive predictive(RotatedTargets from, MatrixRow row, Prediction limit) {
    MatrixNodes nodes = from.nodes();
    int m = posterior.problem().outputs();
    double[][] means = new double[m][nodes.size()];
    double[][] variances = new double[m][nodes.size()];
    double[] own = new double[m];
    double[] spread = new double[m];
    for (int k = 0; k < nodes.size(); k++) {
      from.at(row, k, own, spread);
      double[] vectors = nodes.vectors()[k];
      for (int p = 0; p < m; p++) {
        means[p][k] = own[p];
        for (int i = 0; i < m; i++) {
          variances[p][k] += vectors[p * m + i] * vectors[p * m + i] * spread[i];
        }
      }
    }
    double[][] found = new double[4][m];
    boolean trusted = nodes.isEnough();
    for (int p = 0; p < m; p++) {
      Jackknife moments = moments(nodes, means[p], variances[p]);
      double mean = moments.value()[0];
      double variance = moments.value()[1];
      found[0][p] = mean - limit.nngpMean()[p];
      found[1][p] = variance - limit.nngpVariance();
      found[2][p] = moments.error()[0];
      found[3][p] = moments.error()[1];
      // Written so that what is not a number is not trusted.
      trusted &= variance > 0 && moments.error()[0] <= LARGEST_ERROR * Math.sqrt(variance);
    }
    return new Predictive(
        limit.nngpMean(),
        limit.nngpVariance(),
        found[0],
        found[1],
        found[2],
        found[3],
        trusted,
        components(means, variances, nodes.weights()));
  }

  /** Mean and variance of the mixture, with errors by the groups' scatter. */
  private static Jackknife moments(MatrixNodes nodes, double[] means, double[] variances) {
    double centre = 0;
    for (int k = 0; k < means.length; k++) {
      centre += nodes.weights()[k] * means[k];
    }
    double[][] sums = new double[nodes.groups()][3];
    int each = means.length / nodes.groups();
    for (int k = 0; k < means.length; k++) {
      double weight = nodes.weights()[k];
      double off = means[k] - centre;
      double[] sum = sums[k / each];
      sum[0] += weight;
      sum[1] += weight * off;
      sum[2] += weight * (variances[k] + off * off);
    }
    double middle = centre;
    if (sums.length == 1) {
      double off = sums[0][1] / sums[0][0];
      double[] value = {middle + off, sums[0][2] / sums[0][0] - off * off};
      return new Jackknife(value, value, new double[2]);
    }
    return Jackknife.of(
        sums,
        sum -> {
          double off = sum[1] / sum[0];
          return new double[] {middle + off, sum[2] / sum[0] - off * off};
        });
  }

  private static @Nullable Components components(
      double[][] means, double[][] variances, double[] weights) {
    for (double[] each : variances) {
      for (double variance : each) {
        // Written so that NaN is none too: a variance that rounding has left below zero.
        if (!(variance >= 0)) {
          return null;
        }
      }
    }
    return Components.weighted(means, variances, weights);
  }
}
