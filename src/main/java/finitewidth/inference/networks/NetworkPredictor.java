package finitewidth.inference.networks;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.RowPanel;
import finitewidth.posterior.AtWidths;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.Components;
import finitewidth.posterior.NngpPredictor;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Predicts rows by all kept states of all networks, each a Gaussian: the features of a block, then
 * the last layer's posterior. A block is a whole {@link RowPanel}, so a row has the same bits in
 * any. O(states · (weights + q²)) for a row.
 */
final class NetworkPredictor implements BlockPredictor {
  /**
   * Standard error of a mean over the deviation of its prediction, at most, where the mean of the
   * kept states is to be trusted. The chains themselves are held to half of that.
   */
  private static final double LARGEST_ERROR = 0.2;

  private final Function<Matrix, double[]> inputs;
  private final int outputs;
  private final NngpPredictor nngp;
  private final List<OneNetwork> networks = new ArrayList<>();

  /**
   * The states of one network, for one thread.
   *
   * @param block F_0 of the rows that are looked at, which layers read
   * @param layers at these rows
   * @param last the last layer's posterior at a state
   */
  record Network(
      KeptNetworks kept, double[] block, HiddenLayers layers, IntFunction<LastWeights> last) {}

  /**
   * @param inputs makes F_0 of preprocessed rows
   * @param outputs m
   */
  NetworkPredictor(
      Function<Matrix, double[]> inputs, int outputs, NngpPredictor nngp, List<Network> networks) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.nngp = nngp;
    networks.forEach(network -> this.networks.add(new OneNetwork(network)));
  }

  @Override
  public int blockRows() {
    return RowPanel.ROWS;
  }

  @Override
  public List<Prediction> predict(double[][] features) {
    List<Prediction> order0 = nngp.predict(features);
    double[] block = inputs.apply(Matrix.copyOf(RowPanel.filled(features)));
    networks.forEach(network -> network.look(block));
    List<Prediction> predictions = new ArrayList<>();
    for (int x = 0; x < features.length; x++) {
      Prediction limit = order0.get(x);
      List<AtWidths.Known> known = new ArrayList<>();
      for (OneNetwork network : networks) {
        known.add(network.at(x, limit));
      }
      predictions.add(new AtWidths(limit.nngpMean(), limit.nngpVariance(), known));
    }
    return predictions;
  }

  /** What the states of one network say of a block. */
  private final class OneNetwork {
    private final Network network;
    private final KeptNetworks kept;

    /** [state], m × a block. */
    private final double[][] means;

    private final double[][] variances;

    OneNetwork(Network network) {
      this.network = network;
      kept = network.kept();
      means = new double[kept.states()][outputs * RowPanel.ROWS];
      variances = new double[kept.states()][RowPanel.ROWS];
    }

    void look(double[] block) {
      System.arraycopy(block, 0, network.block(), 0, block.length);
      HiddenLayers layers = network.layers();
      for (int k = 0; k < means.length; k++) {
        kept.hyperparameters(k).ifPresent(layers::set);
        layers.forward(kept.weights().row(k), false);
        double[] last = layers.last().clone();
        network.last().apply(k).predict(last, RowPanel.ROWS, means[k], variances[k]);
      }
    }

    AtWidths.Known at(int x, Prediction limit) {
      double[][] found = new double[4][outputs];
      double[][] mean = new double[outputs][means.length];
      double[] variance = new double[means.length];
      boolean trusted = kept.converged();
      for (int i = 0; i < outputs; i++) {
        for (int k = 0; k < means.length; k++) {
          mean[i][k] = means[k][i * RowPanel.ROWS + x];
          variance[k] = variances[k][x];
        }
        MixtureMoments moments = MixtureMoments.of(mean[i], variance, kept.chains());
        found[0][i] = moments.mean() - limit.nngpMean()[i];
        found[1][i] = moments.variance() - limit.nngpVariance();
        found[2][i] = moments.meanError();
        found[3][i] = moments.varianceError();
        trusted &= moments.meanError() <= LARGEST_ERROR * Math.sqrt(moments.variance());
      }
      return new AtWidths.Known(
          kept.widths(),
          new Predictive(
              limit.nngpMean(),
              limit.nngpVariance(),
              found[0],
              found[1],
              found[2],
              found[3],
              trusted,
              Components.equal(mean, variance, kept.noises())));
    }
  }
}
