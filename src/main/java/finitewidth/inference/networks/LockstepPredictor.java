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
 * Predicts rows by states that have their last layers with them: mean Fw and variance s²|L⁻¹f|². A
 * block is a whole {@link RowPanel}, so a row has the same bits in any. O(states · (weights + q²))
 * for a row.
 */
final class LockstepPredictor implements BlockPredictor {
  /** As of {@link NetworkPredictor}: what a mean's error may be in deviations. */
  private static final double LARGEST_ERROR = 0.2;

  private final LockstepProblem problem;
  private final NngpPredictor nngp;
  private final List<OneNetwork> networks;

  LockstepPredictor(LockstepProblem problem, NngpPredictor nngp, List<LockstepNetworks> kept) {
    this.problem = problem;
    this.nngp = nngp;
    networks = kept.stream().map(one -> new OneNetwork(one)).toList();
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
      int row = x;
      predictions.add(
          new AtWidths(
              limit.nngpMean(),
              limit.nngpVariance(),
              networks.stream().map(network -> network.at(row, limit)).toList()));
    }
    return predictions;
  }

  /** The states of one network, and what they say of a block. */
  private final class OneNetwork {
    private final LockstepNetworks kept;
    private final double[] inputs;
    private final HiddenLayers layers;
    private final WoodburyWeights[] last;

    /** [state], m × a block. */
    private final double[][] means;

    private final double[][] variances;

    OneNetwork(LockstepNetworks kept) {
      this.kept = kept;
      NetworkShape shape = problem.shape(kept.widths().whole());
      inputs = new double[shape.fanIn(0) * RowPanel.ROWS];
      layers = problem.layers(shape, inputs, RowPanel.ROWS);
      last = new WoodburyWeights[kept.states()];
      for (int k = 0; k < last.length; k++) {
        last[k] = kept.last(k, problem, shape);
      }
      means = new double[last.length][problem.outputs() * RowPanel.ROWS];
      variances = new double[last.length][RowPanel.ROWS];
    }

    void look(double[] block) {
      System.arraycopy(block, 0, inputs, 0, inputs.length);
      for (int k = 0; k < last.length; k++) {
        layers.forward(kept.weights().row(k), false);
        last[k].predict(layers.last().clone(), RowPanel.ROWS, means[k], variances[k]);
      }
    }

    AtWidths.Known at(int x, Prediction limit) {
      int outputs = problem.outputs();
      double[][] found = new double[4][outputs];
      double[][] mean = new double[outputs][last.length];
      double[] variance = new double[last.length];
      boolean trusted = kept.converged();
      for (int i = 0; i < outputs; i++) {
        for (int k = 0; k < last.length; k++) {
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
              Components.equal(mean, variance)));
    }
  }
}
