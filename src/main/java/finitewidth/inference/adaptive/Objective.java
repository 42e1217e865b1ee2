package finitewidth.inference.adaptive;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import finitewidth.linalg.Products;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelFlow;
import finitewidth.prior.KernelGradient;
import finitewidth.prior.Widths;
import java.util.Arrays;
import java.util.List;

/**
 * What metric and scales maximise (docs/theory.md#adaptive-kernels):
 *
 * <p>J = log N(Y; 0, K + s²) − (n_1/2)(tr M − log det M − r) − Σ_l (ν_l/2)(Q_l − 1 − log Q_l) with
 * K¹ = F M Fᵀ and K^{l+1} = C_b + Q_l C_W F(K^l). ν_l is n_l, and m n_l of the last layer for m
 * outputs, whose scales are taken for one.
 *
 * <p>Unknowns are T row by row, logarithms on its diagonal, then u_l = log Q_l: r(r+1)/2 + H. The
 * value is −J. O(P³) for factor and inverse, O(P²(H + r)) for the rest.
 *
 * @param prior the network
 * @param features of the training rows, P × r
 * @param targets P × m
 * @param noise s²
 * @param metricWidth n_1
 * @param freedom ν of each layer
 */
record Objective(
    Architecture prior,
    Matrix features,
    Matrix targets,
    double noise,
    double metricWidth,
    double[] freedom)
    implements Search.Objective {

  /** The prior itself, and the prior with other scales. */
  private static final double[] LOG_SCALES = {0, -1.5, 1};

  private static final double LARGEST_LOG_SCALE = 12;

  static Objective of(
      Architecture prior, Matrix features, Matrix targets, double noise, Widths widths) {
    double[] freedom = widths.toArray();
    freedom[freedom.length - 1] *= targets.cols();
    return new Objective(prior, features, targets, noise, widths.width(0), freedom);
  }

  /** r. */
  int directions() {
    return features.cols();
  }

  private int metricSize() {
    return Triangle.size(directions());
  }

  @Override
  public double[] bounds() {
    double[] bounds = start(LARGEST_LOG_SCALE);
    Triangle.bounds(bounds, 0, directions());
    return bounds;
  }

  @Override
  public List<double[]> starts() {
    return Arrays.stream(LOG_SCALES).mapToObj(this::start).toList();
  }

  @Override
  public double narrowest() {
    return metricWidth;
  }

  /** M = 1 and all scales alike. */
  double[] start(double logScale) {
    double[] start = new double[metricSize() + freedom.length];
    Arrays.fill(start, metricSize(), start.length, logScale);
    return start;
  }

  /** T. */
  Matrix root(double[] x) {
    return Triangle.read(x, 0, directions());
  }

  /** Q of each layer. */
  double[] scales(double[] x) {
    double[] scales = Arrays.copyOfRange(x, metricSize(), x.length);
    for (int l = 0; l < scales.length; l++) {
      scales[l] = Math.exp(scales[l]);
    }
    return scales;
  }

  /**
   * The network of the prior with the inputs u of a metric and other scales.
   *
   * @param inputs elements of u
   */
  static Architecture network(Architecture prior, int inputs, double[] scales) {
    int output = prior.hiddenLayers();
    double[] biases = new double[output + 1];
    double[] weights = new double[output + 1];
    // The bias is one of the features, and the kernel their inner product.
    weights[0] = inputs;
    for (int l = 1; l <= output; l++) {
      biases[l] = prior.biasVariance(l);
      weights[l] = prior.weightVariance(l) * scales[l - 1];
    }
    return Architecture.of(prior.activation(), biases, weights);
  }

  @Override
  public double at(double[] x, double[] gradient) {
    Matrix root = root(x);
    double[] scales = scales(x);
    Matrix inputs = Products.times(features, root);
    Architecture network = network(prior, inputs.cols(), scales);
    KernelFlow flow;
    NngpPosterior nngp;
    try {
      flow = KernelFlow.of(network, inputs);
      nngp = NngpPosterior.of(flow.kernel(), targets, noise);
    } catch (NumericsException e) {
      Arrays.fill(gradient, 0);
      return Double.POSITIVE_INFINITY;
    }
    Matrix outer = NngpPosterior.dataMinusTrace(nngp.phi(), nngp.inverse());
    for (int k = 0; k < outer.data().length; k++) {
      outer.data()[k] *= 0.5;
    }
    KernelGradient byKernel = flow.gradient(outer);
    Matrix byRoot =
        Products.transposeTimes(features, Products.times(byKernel.inputKernel(), inputs));
    Triangle.gradient(root, byRoot, metricWidth, gradient, 0);
    double penalty = 0.5 * metricWidth * Triangle.distance(root);
    for (int l = 0; l < scales.length; l++) {
      int at = metricSize() + l;
      penalty += 0.5 * freedom[l] * (scales[l] - 1 - x[at]);
      gradient[at] =
          0.5 * freedom[l] * (scales[l] - 1)
              - network.weightVariance(l + 1) * byKernel.weightVariance()[l + 1];
    }
    return penalty - nngp.logEvidence();
  }
}
