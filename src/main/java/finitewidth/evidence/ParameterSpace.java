package finitewidth.evidence;

import finitewidth.prior.Architecture;
import finitewidth.prior.KernelGradient;
import java.util.Arrays;

/**
 * The logarithms that evidence is maximised over, each within bounds, and what they stand for:
 *
 * <ul>
 *   <li>one factor on the bias variances of all hidden layers (none where they are zero);
 *   <li>one factor on the weight variances of all hidden layers, unless the activation is
 *       {@linkplain Homogeneity homogeneous}, for which the weight variances stay as they are: the
 *       data know only their ratio to the bias variances and the output's scale;
 *   <li>the output's scale, a factor on both variances of the output layer;
 *   <li>the noise over the mean diagonal of the output's kernel, whose lower bound is the floor;
 *   <li>where asked for, the input scales s_k = n_0 softmax(t)_k, whose mean is 1.
 * </ul>
 *
 * <p>The output's scale multiplies kernel and noise alike, so A as a whole: at its optimum q = tr
 * YᵀA⁻¹Y is P·m.
 */
final class ParameterSpace {
  /** Bounds of the largest bias variance of the hidden layers. */
  static final double LEAST_BIAS = 1e-4;

  static final double MOST_BIAS = 1e2;

  /** Bounds of the largest weight variance of the hidden layers. */
  static final double LEAST_WEIGHT = 1e-2;

  static final double MOST_WEIGHT = 1e2;

  /** Bounds of the output's scale as a factor on the output layer's variances. */
  static final double LEAST_SCALE = 1e-6;

  static final double MOST_SCALE = 1e6;

  /** Most noise, over the mean diagonal of the kernel. */
  static final double MOST_NOISE = 1e2;

  /**
   * Bound of |t_k|: scales of features differ by at most e^{2 · 7}, a factor of a million. With a
   * bound of 4 some splits of a UCI set end in a much poorer optimum (benchmarks/uci.md).
   */
  static final double INPUT_SCALE = 7;

  private final Architecture base;
  private final int bias;
  private final int weight;
  private final int scale;
  private final int noise;
  private final int inputs;
  private final double[] lower;
  private final double[] upper;

  /**
   * @param base the prior that the factors are of
   * @param features n_0
   */
  ParameterSpace(Architecture base, int features, EvidenceSettings settings) {
    this.base = base;
    int size = 0;
    double mostBias = largest(base, true);
    double mostWeight = largest(base, false);
    bias = mostBias > 0 ? size++ : -1;
    weight = Homogeneity.of(base.activation()) ? -1 : size++;
    scale = size++;
    noise = size++;
    inputs = settings.inputScales() && features > 1 ? size : -1;
    size += inputs < 0 ? 0 : features;
    lower = new double[size];
    upper = new double[size];
    bound(bias, LEAST_BIAS / mostBias, MOST_BIAS / mostBias);
    bound(weight, LEAST_WEIGHT / mostWeight, MOST_WEIGHT / mostWeight);
    bound(scale, LEAST_SCALE, MOST_SCALE);
    bound(noise, settings.noiseFloor(), MOST_NOISE);
    if (inputs >= 0) {
      Arrays.fill(lower, inputs, size, -INPUT_SCALE);
      Arrays.fill(upper, inputs, size, INPUT_SCALE);
    }
  }

  private static double largest(Architecture base, boolean bias) {
    double largest = 0;
    for (int l = 0; l < base.hiddenLayers(); l++) {
      largest = Math.max(largest, bias ? base.biasVariance(l) : base.weightVariance(l));
    }
    return largest;
  }

  private void bound(int at, double least, double most) {
    if (at >= 0) {
      lower[at] = Math.log(least);
      upper[at] = Math.log(most);
    }
  }

  int size() {
    return lower.length;
  }

  double[] lower() {
    return lower;
  }

  double[] upper() {
    return upper;
  }

  /** The coordinate of the output's scale. */
  int scale() {
    return scale;
  }

  /** The coordinate of the noise. */
  int noise() {
    return noise;
  }

  /** The first coordinate of the input scales, or −1. */
  int inputs() {
    return inputs;
  }

  /** A point within the bounds. */
  double[] clip(double[] at) {
    double[] clipped = at.clone();
    for (int i = 0; i < clipped.length; i++) {
      clipped[i] = Math.min(upper[i], Math.max(lower[i], clipped[i]));
    }
    return clipped;
  }

  /** Where the given prior is, within the bounds. */
  double[] origin(double noiseRatio) {
    double[] origin = new double[size()];
    origin[noise] = Math.log(noiseRatio);
    return clip(origin);
  }

  /** What a coordinate stands for. */
  String name(int at) {
    if (at == bias) {
      return "bias-variance";
    }
    if (at == weight) {
      return "weight-variance";
    }
    if (at == scale) {
      return "output-scale";
    }
    return at == noise ? "noise-variance" : "input-scale " + (at - inputs);
  }

  Architecture network(double[] at) {
    int hidden = base.hiddenLayers();
    double biasFactor = factor(at, bias);
    double weightFactor = factor(at, weight);
    double scaleFactor = factor(at, scale);
    double[] biases = new double[hidden + 1];
    double[] weights = new double[hidden + 1];
    for (int l = 0; l <= hidden; l++) {
      biases[l] = base.biasVariance(l) * (l < hidden ? biasFactor : scaleFactor);
      weights[l] = base.weightVariance(l) * (l < hidden ? weightFactor : scaleFactor);
    }
    return Architecture.of(base.activation(), biases, weights);
  }

  private static double factor(double[] at, int coordinate) {
    return coordinate < 0 ? 1 : Math.exp(at[coordinate]);
  }

  /** Noise over the mean diagonal of the output's kernel. */
  double noiseRatio(double[] at) {
    return Math.exp(at[noise]);
  }

  /** s_k; empty where there are none. */
  double[] inputScales(double[] at) {
    if (inputs < 0) {
      return new double[0];
    }
    double[] scales = Arrays.copyOfRange(at, inputs, size());
    double largest = Arrays.stream(scales).max().orElseThrow();
    double sum = 0;
    for (int k = 0; k < scales.length; k++) {
      scales[k] = Math.exp(scales[k] - largest);
      sum += scales[k];
    }
    for (int k = 0; k < scales.length; k++) {
      scales[k] *= scales.length / sum;
    }
    return scales;
  }

  /**
   * From derivatives in what the coordinates stand for to those in the coordinates.
   *
   * @param network the network at the point
   * @param byNoise derivative in the logarithm of the noise ratio
   * @param byScale s_k times the derivative in s_k, by feature; empty where there are none
   * @param gradient receives the derivatives
   */
  void gradient(
      Architecture network,
      KernelGradient byKernel,
      double byNoise,
      double[] scales,
      double[] byScale,
      double[] gradient) {
    Arrays.fill(gradient, 0);
    int hidden = network.hiddenLayers();
    for (int l = 0; l <= hidden; l++) {
      double byBias = network.biasVariance(l) * byKernel.biasVariance()[l];
      double byWeight = network.weightVariance(l) * byKernel.weightVariance()[l];
      if (l == hidden) {
        gradient[scale] = byBias + byWeight;
      } else {
        add(gradient, bias, byBias);
        add(gradient, weight, byWeight);
      }
    }
    gradient[noise] = byNoise;
    double total = Arrays.stream(byScale).sum();
    for (int k = 0; k < byScale.length; k++) {
      gradient[inputs + k] = byScale[k] - scales[k] / scales.length * total;
    }
  }

  private static void add(double[] gradient, int at, double value) {
    if (at >= 0) {
      gradient[at] += value;
    }
  }
}
