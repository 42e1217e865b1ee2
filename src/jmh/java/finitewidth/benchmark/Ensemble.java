package finitewidth.benchmark;

import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.prior.Architecture;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The posterior mean of a finite network by importance sampling (docs/theory.md#exact-posterior):
 * random hidden weights, the last layer integrated out, each draw weighted by the evidence of its
 * kernel.
 */
final class Ensemble {
  private static final int GROUPS = 8;

  private final Architecture network;
  private final Examples examples;
  private final Matrix all;
  private final ContinuousSampler normals =
      ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(1));
  private final List<double[]> means = new ArrayList<>();
  private final List<Double> logWeights = new ArrayList<>();

  Ensemble(Examples examples) {
    network = examples.network();
    this.examples = examples;
    Matrix inputs = examples.inputs();
    Matrix tests = examples.tests();
    all = Matrix.zeros(inputs.rows() + tests.rows(), inputs.cols());
    System.arraycopy(inputs.data(), 0, all.data(), 0, inputs.data().length);
    System.arraycopy(tests.data(), 0, all.data(), inputs.data().length, tests.data().length);
  }

  int draws() {
    return means.size();
  }

  void draw() {
    int hidden = network.hiddenLayers();
    Matrix layer = all;
    for (int l = 0; l < hidden; l++) {
      int width = (int) examples.widths().width(l);
      double scale = Math.sqrt(network.weightVariance(l) / layer.cols());
      double bias = Math.sqrt(network.biasVariance(l));
      Matrix weights = Matrix.zeros(layer.cols(), width);
      for (int k = 0; k < weights.data().length; k++) {
        weights.data()[k] = scale * normals.sample();
      }
      Matrix next = Matrix.zeros(layer.rows(), width);
      double[] biases = new double[width];
      for (int j = 0; j < width; j++) {
        biases[j] = bias * normals.sample();
      }
      Accumulate.times(1, layer, weights, 0, next);
      for (int a = 0, at = 0; a < next.rows(); a++) {
        for (int j = 0; j < width; j++, at++) {
          next.data()[at] = network.activation().value(next.data()[at] + biases[j]);
        }
      }
      layer = next;
    }
    int n = examples.inputs().rows();
    Matrix training = block(layer, 0, n);
    Matrix kernel = kernel(training, training, network, hidden);
    for (int a = 0; a < n; a++) {
      kernel.add(a, a, examples.noise());
    }
    Matrix cross = kernel(block(layer, n, layer.rows()), training, network, hidden);
    Cholesky cholesky = Cholesky.of(kernel);
    Matrix phi = cholesky.solve(examples.targets());
    means.add(Products.times(cross, phi).data());
    logWeights.add(
        -0.5 * Products.inner(examples.targets(), phi)
            - 0.5 * phi.cols() * cholesky.logDeterminant());
  }

  private static Matrix block(Matrix rows, int from, int to) {
    int cols = rows.cols();
    double[] data = new double[(to - from) * cols];
    System.arraycopy(rows.data(), from * cols, data, 0, data.length);
    return Matrix.wrap(to - from, cols, data);
  }

  private static Matrix kernel(Matrix a, Matrix b, Architecture network, int hidden) {
    Matrix kernel = Matrix.zeros(a.rows(), b.rows());
    Accumulate.timesTranspose(network.weightVariance(hidden) / a.cols(), a, b, 0, kernel);
    for (int i = 0; i < kernel.data().length; i++) {
      kernel.data()[i] += network.biasVariance(hidden);
    }
    return kernel;
  }

  /** 1 / Σ w² with weights that sum to one. */
  double effectiveDraws() {
    double[] weights = weights(0, 1);
    double square = 0;
    for (double weight : weights) {
      square += weight * weight;
    }
    return 1 / square;
  }

  /** Weights of every {@code step}th draw, which sum to one. */
  private double[] weights(int first, int step) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int d = first; d < logWeights.size(); d += step) {
      largest = Math.max(largest, logWeights.get(d));
    }
    double[] weights = new double[logWeights.size()];
    double sum = 0;
    for (int d = first; d < weights.length; d += step) {
      weights[d] = Math.exp(logWeights.get(d) - largest);
      sum += weights[d];
    }
    for (int d = first; d < weights.length; d += step) {
      weights[d] /= sum;
    }
    return weights;
  }

  /**
   * The standard error of the mean, rms over rows and outputs, from the scatter of {@value #GROUPS}
   * smaller ensembles: where a few draws have all the weight, that of all together would be far too
   * small.
   */
  double error() {
    double[][] groups = new double[GROUPS][];
    for (int group = 0; group < GROUPS; group++) {
      double[] weights = weights(group, GROUPS);
      double[] mean = new double[means.get(0).length];
      for (int d = group; d < weights.length; d += GROUPS) {
        for (int at = 0; at < mean.length; at++) {
          mean[at] += weights[d] * means.get(d)[at];
        }
      }
      groups[group] = mean;
    }
    double square = 0;
    int numbers = groups[0].length;
    for (int at = 0; at < numbers; at++) {
      double mean = 0;
      for (double[] group : groups) {
        mean += group[at] / GROUPS;
      }
      for (double[] group : groups) {
        square += Math.pow(group[at] - mean, 2) / (GROUPS - 1) / GROUPS;
      }
    }
    return Math.sqrt(square / numbers);
  }
}
