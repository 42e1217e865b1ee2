package finitewidth.inference.adaptive;

import finitewidth.inference.FirstOrder;
import finitewidth.linalg.RowPanel;
import finitewidth.posterior.AtWidths;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.NngpPredictor;
import finitewidth.posterior.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Predicts rows at all widths, each with a kernel of its own. For one thread. */
final class AdaptivePredictor implements BlockPredictor {
  private final NngpPredictor nngp;
  private final List<NetworkPredictor> networks = new ArrayList<>();

  /**
   * @param along first order along φ' of each network that has a rest, in their order
   */
  AdaptivePredictor(AdaptivePosterior posterior, List<FirstOrder.Along> along) {
    nngp = new NngpPredictor(posterior.nngp(), posterior.problem().flow());
    int next = 0;
    for (AdaptedNetwork network : posterior.networks()) {
      networks.add(
          new NetworkPredictor(
              network,
              posterior.problem().flow().architecture(),
              network.rest() == null ? null : along.get(next++)));
    }
  }

  @Override
  public int blockRows() {
    return Math.min(
        RowPanel.ROWS,
        networks.stream().mapToInt(NetworkPredictor::blockRows).min().orElse(RowPanel.ROWS));
  }

  @Override
  public List<Prediction> predict(double[][] features) {
    List<Prediction> order0 = nngp.predict(features);
    List<List<AtWidths.Known>> known = new ArrayList<>();
    Arrays.stream(features).forEach(row -> known.add(new ArrayList<>()));
    for (NetworkPredictor network : networks) {
      List<AtWidths.Known> rows = network.predict(features, order0);
      for (int x = 0; x < features.length; x++) {
        known.get(x).add(rows.get(x));
      }
    }
    List<Prediction> predictions = new ArrayList<>(features.length);
    for (int x = 0; x < features.length; x++) {
      Prediction own = order0.get(x);
      predictions.add(new AtWidths(own.nngpMean(), own.nngpVariance(), known.get(x)));
    }
    return predictions;
  }
}
