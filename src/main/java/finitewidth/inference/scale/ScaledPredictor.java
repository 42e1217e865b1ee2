package finitewidth.inference.scale;

import finitewidth.linalg.RowPanel;
import finitewidth.posterior.AtWidths;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.NngpPredictor;
import finitewidth.posterior.Prediction;
import finitewidth.prior.KernelRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Predicts rows by the mixture over the scale: O(P²) for each kernel and O(P × nodes) for each
 * network. For one thread.
 */
final class ScaledPredictor implements BlockPredictor {
  private final ScaledPosterior posterior;
  private final NngpPredictor nngp;
  private final List<KernelRow> kernels = new ArrayList<>();
  private final double[] covariances;

  /** Of each network. */
  private final List<ScaleTable> tables = new ArrayList<>();

  ScaledPredictor(ScaledPosterior posterior) {
    this.posterior = posterior;
    nngp = new NngpPredictor(posterior.nngp(), posterior.problem().flow());
    for (ScaledBase base : posterior.bases()) {
      kernels.add(KernelRow.of(base.network(), posterior.problem().flow().inputs()));
    }
    covariances = new double[posterior.problem().size()];
    for (ScaledNetwork network : posterior.networks()) {
      Whitened at = posterior.bases().get(network.base()).at();
      tables.add(ScaleTable.of(at, network.scale().scales()));
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
      predictions.add(predict(features[x], order0.get(x)));
    }
    return predictions;
  }

  private Prediction predict(double[] features, Prediction order0) {
    List<Whitened.Row> rows = new ArrayList<>();
    for (int b = 0; b < kernels.size(); b++) {
      double variance = kernels.get(b).follow(features, covariances, 0);
      rows.add(posterior.bases().get(b).at().row(covariances, variance));
    }
    List<AtWidths.Known> known = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      ScaledNetwork network = posterior.networks().get(i);
      ScaleMixture mixture =
          ScaleMixture.of(tables.get(i), network.scale().weights(), rows.get(network.base()));
      known.add(
          new AtWidths.Known(
              network.widths(),
              mixture.predictive(order0.nngpMean(), order0.nngpVariance(), network.trusted())));
    }
    return new AtWidths(order0.nngpMean(), order0.nngpVariance(), known);
  }
}
