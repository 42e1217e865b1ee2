package finitewidth.inference.adaptive;

import finitewidth.inference.MetricReport;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.posterior.EvidenceAtWidths;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deep kernel machine of networks of some widths, as far as it is the same for all rows.
 *
 * @param settled whether the search has
 * @param metric of the first layer
 * @param layers from the first hidden layer on
 * @param output the Gaussian process of the last kernel
 * @param logEvidence J
 */
record DeepNetwork(
    Widths widths,
    boolean settled,
    Metric metric,
    List<Layer> layers,
    NngpPosterior output,
    double logEvidence)
    implements Serializable {

  /**
   * A layer: its kernel is the inner product of its inputs u.
   *
   * @param inputs U of the training rows
   * @param root T; null of the first layer, whose metric has it
   * @param factor R, of the kernel that T acts on; null of the first layer
   */
  record Layer(Matrix inputs, @Nullable Matrix root, @Nullable Cholesky factor)
      implements Serializable {

    /** A layer above the first; rows have one input more, which the training rows have not. */
    static Layer of(Cholesky factor, Matrix root) {
      Matrix within = Products.times(GramObjective.lower(factor), root);
      int n = within.rows();
      Matrix inputs = Matrix.zeros(n, n + 1);
      for (int a = 0; a < n; a++) {
        System.arraycopy(within.data(), a * n, inputs.data(), a * (n + 1), n);
      }
      return new Layer(inputs, root, factor);
    }
  }

  /**
   * Searches.
   *
   * @param inputs of the training rows, P × n_0
   */
  static DeepNetwork of(
      Architecture prior, Matrix inputs, Matrix targets, double noise, Widths widths) {
    Features features = Features.of(prior, inputs);
    GramObjective objective =
        new GramObjective(prior, features.within(inputs), targets, noise, widths.toArray());
    Search search = Search.of(objective);
    Metric metric = new Metric(features, objective.root(search.at(), 0));
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer(metric.inputs(inputs), null, null));
    for (int l = 1; l < widths.hiddenLayers(); l++) {
      Matrix kernel = kernel(prior, layers, l - 1);
      layers.add(Layer.of(Cholesky.of(kernel), objective.root(search.at(), l)));
    }
    Matrix output = kernel(prior, layers, widths.hiddenLayers() - 1);
    return new DeepNetwork(
        widths,
        search.isSettled(),
        metric,
        layers,
        NngpPosterior.of(output, targets, noise),
        search.objective());
  }

  /** What a layer's kernel is made into. */
  private static Matrix kernel(Architecture prior, List<Layer> layers, int l) {
    Matrix inputs = layers.get(l).inputs();
    return SampleFlow.of(GramObjective.layer(prior, l, inputs.cols()), inputs).kernel(1);
  }

  EvidenceAtWidths.Known evidence() {
    return new EvidenceAtWidths.Known(widths, logEvidence, 0);
  }

  MetricReport report() {
    return new MetricReport(
        widths,
        settled,
        List.of(),
        Arrays.stream(metric.relevance()).boxed().toList(),
        metric.largest());
  }
}
