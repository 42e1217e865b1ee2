package finitewidth.inference.adaptive;

import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.linalg.RowPanel;
import finitewidth.posterior.AtWidths;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.Components;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Predicts rows by deep kernel machines, layer by layer: given the training rows a row's
 * preactivations are Gaussian, so with w = R⁻¹K_Rx its u is Tᵀw and, for what is beyond the
 * training rows, √(K_xx − w·w). O(P² H) a row and network. For one thread.
 */
final class DeepKernelPredictor implements BlockPredictor {
  private final NngpPredictor nngp;
  private final List<DeepNetwork> networks;
  private final List<List<KernelRow>> kernels = new ArrayList<>();
  private final double[] covariances;

  DeepKernelPredictor(DeepKernelPosterior posterior) {
    nngp = new NngpPredictor(posterior.nngp(), posterior.problem().flow());
    networks = posterior.networks();
    covariances = new double[posterior.problem().size()];
    Architecture prior = posterior.problem().flow().architecture();
    for (DeepNetwork network : networks) {
      List<KernelRow> layers = new ArrayList<>();
      for (int l = 0; l < network.layers().size(); l++) {
        Matrix inputs = network.layers().get(l).inputs();
        layers.add(KernelRow.of(GramObjective.layer(prior, l, inputs.cols()), inputs));
      }
      kernels.add(layers);
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
      Prediction own = order0.get(x);
      List<AtWidths.Known> known = new ArrayList<>();
      for (int i = 0; i < networks.size(); i++) {
        known.add(
            new AtWidths.Known(
                networks.get(i).widths(),
                predictive(networks.get(i), kernels.get(i), features[x], own)));
      }
      predictions.add(new AtWidths(own.nngpMean(), own.nngpVariance(), known));
    }
    return predictions;
  }

  private Predictive predictive(
      DeepNetwork network, List<KernelRow> layers, double[] features, Prediction order0) {
    double variance = layers.get(0).follow(network.metric().inputs(features), covariances, 0);
    for (int l = 1; l < layers.size(); l++) {
      double[] u = inputs(network.layers().get(l), variance);
      variance = layers.get(l).follow(u, covariances, 0);
    }
    NngpPosterior.Projection found = network.output().project(covariances, variance);
    int outputs = found.mean().length;
    double[] deltaMean = new double[outputs];
    double[] deltaVariance = new double[outputs];
    double[][] means = new double[outputs][];
    for (int i = 0; i < outputs; i++) {
      deltaMean[i] = found.mean()[i] - order0.nngpMean()[i];
      deltaVariance[i] = found.variance() - order0.nngpVariance();
      means[i] = new double[] {found.mean()[i]};
    }
    boolean proper = found.variance() > 0;
    @Nullable Components one =
        proper
            ? Components.weighted(means, new double[] {found.variance()}, new double[] {1})
            : null;
    return new Predictive(
        order0.nngpMean(),
        order0.nngpVariance(),
        deltaMean,
        deltaVariance,
        new double[outputs],
        new double[outputs],
        network.settled() && proper,
        one);
  }

  /** u of the row whose covariances with the kernel below are in place. */
  private double[] inputs(DeepNetwork.Layer layer, double variance) {
    Cholesky factor = layer.factor();
    Matrix root = layer.root();
    if (factor == null || root == null) {
      throw new IllegalStateException("the first layer has no kernel below");
    }
    double[] w = factor.solveLower(covariances);
    double[] along = Products.times(w, root);
    double[] u = new double[along.length + 1];
    System.arraycopy(along, 0, u, 0, along.length);
    // Of a training row nothing is beyond, but for rounding.
    u[along.length] = Math.sqrt(Math.max(0, variance - Products.dot(w, 0, w, 0, w.length)));
    return u;
  }
}
