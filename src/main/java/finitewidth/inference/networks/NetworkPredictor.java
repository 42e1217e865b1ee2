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

  private final NetworkProblem problem;
  private final NngpPredictor nngp;
  private final List<OneNetwork> networks = new ArrayList<>();

  NetworkPredictor(NetworkProblem problem, NngpPredictor nngp, List<StateWeights> states) {
    this.problem = problem;
    this.nngp = nngp;
    states.forEach(one -> networks.add(new OneNetwork(one)));
  }

  @Override
  public int blockRows() {
    return RowPanel.ROWS;
  }

  @Override
  public List<Prediction> predict(double[][] features) {
    List<Prediction> order0 = nngp.predict(features);
    double[] inputs = problem.inputsOf(Matrix.copyOf(RowPanel.filled(features)));
    networks.forEach(network -> network.look(inputs));
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

  /** The states of one network, and what they say of a block. */
  private final class OneNetwork {
    private final StateWeights states;
    private final StateWeights.Maker maker;
    private final double[] inputs;
    private final HiddenLayers layers;

    /** [state], m × 96. */
    private final double[][] means;

    private final double[][] variances;

    OneNetwork(StateWeights states) {
      this.states = states;
      maker = states.maker();
      inputs = new double[states.shape().fanIn(0) * RowPanel.ROWS];
      layers = new HiddenLayers(problem, states.shape(), inputs, RowPanel.ROWS);
      int count = states.kept().states();
      means = new double[count][problem.outputs() * RowPanel.ROWS];
      variances = new double[count][RowPanel.ROWS];
    }

    void look(double[] block) {
      System.arraycopy(block, 0, inputs, 0, inputs.length);
      for (int k = 0; k < means.length; k++) {
        states.kept().hyperparameters(k).ifPresent(layers::set);
        layers.forward(states.kept().weights().row(k), false);
        maker.of(k).predict(layers.last().clone(), RowPanel.ROWS, means[k], variances[k]);
      }
    }

    AtWidths.Known at(int x, Prediction limit) {
      int outputs = problem.outputs();
      double[][] found = new double[4][outputs];
      double[][] mean = new double[outputs][means.length];
      double[] variance = new double[means.length];
      boolean trusted = states.kept().converged();
      for (int i = 0; i < outputs; i++) {
        for (int k = 0; k < means.length; k++) {
          mean[i][k] = means[k][i * RowPanel.ROWS + x];
          variance[k] = variances[k][x];
        }
        MixtureMoments moments = MixtureMoments.of(mean[i], variance, states.kept().chains());
        found[0][i] = moments.mean() - limit.nngpMean()[i];
        found[1][i] = moments.variance() - limit.nngpVariance();
        found[2][i] = moments.meanError();
        found[3][i] = moments.varianceError();
        trusted &= moments.meanError() <= LARGEST_ERROR * Math.sqrt(moments.variance());
      }
      return new AtWidths.Known(
          states.kept().widths(),
          new Predictive(
              limit.nngpMean(),
              limit.nngpVariance(),
              found[0],
              found[1],
              found[2],
              found[3],
              trusted,
              Components.equal(mean, variance, states.kept().noises())));
    }
  }
}
