package finitewidth.inference.ensemble;

import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The exact posterior by brute force, written down from the definition of a network and nothing
 * else: every weight and bias of the hidden layers is drawn, A⁻¹ is by Gauss and Jordan, no
 * controls. One output.
 *
 * @param value log evidence, then means, then variances
 * @param error their standard errors, from 32 groups of draws
 */
record WeightSpace(double[] value, double[] error) {
  private static final int GROUPS = 32;

  static WeightSpace of(
      Architecture network,
      Matrix inputs,
      double[] targets,
      double noise,
      long draws,
      long seed,
      int... widths) {
    SplittableRandom random = new SplittableRandom(seed);
    int tests = inputs.rows() - targets.length;
    return of(
        draws,
        () -> {
          double[][][] kernels = kernels(network, inputs, widths, random);
          return posterior(kernels[kernels.length - 1], targets, noise, tests);
        },
        sums -> normalised(sums, tests));
  }

  /**
   * The kernels of all hidden layers given the data, instead: layer by layer the pairs of training
   * points, b ≤ a.
   *
   * @param inputs as many as there are targets
   */
  static WeightSpace ofHiddenKernels(
      Architecture network,
      Matrix inputs,
      double[] targets,
      double noise,
      long draws,
      long seed,
      int... widths) {
    SplittableRandom random = new SplittableRandom(seed);
    int p = targets.length;
    int pairs = p * (p + 1) / 2;
    return of(
        draws,
        () -> {
          double[][][] kernels = kernels(network, inputs, widths, random);
          double weight = posterior(kernels[kernels.length - 1], targets, noise, 0)[0];
          double[] one = new double[1 + kernels.length * pairs];
          one[0] = weight;
          int at = 1;
          for (double[][] kernel : kernels) {
            for (int a = 0; a < p; a++) {
              for (int b = 0; b <= a; b++) {
                one[at++] = weight * kernel[a][b];
              }
            }
          }
          return one;
        },
        sums -> Arrays.stream(sums).skip(1).map(sum -> sum / sums[0]).toArray());
  }

  private static WeightSpace of(
      long draws, Supplier<double[]> draw, UnaryOperator<double[]> normalised) {
    double[][] sums = new double[GROUPS][];
    for (int k = 0; k < draws; k++) {
      double[] one = draw.get();
      int group = k % GROUPS;
      sums[group] = sums[group] == null ? new double[one.length] : sums[group];
      for (int i = 0; i < one.length; i++) {
        sums[group][i] += one[i] * GROUPS / draws;
      }
    }
    double[] all = new double[sums[0].length];
    for (double[] sum : sums) {
      for (int i = 0; i < all.length; i++) {
        all[i] += sum[i] / GROUPS;
      }
    }
    double[] value = normalised.apply(all);
    double[] error = new double[value.length];
    for (double[] sum : sums) {
      double[] without = new double[all.length];
      for (int i = 0; i < all.length; i++) {
        without[i] = (GROUPS * all[i] - sum[i]) / (GROUPS - 1);
      }
      double[] one = normalised.apply(without);
      for (int i = 0; i < error.length; i++) {
        error[i] += Math.pow(one[i] - value[i], 2) * (GROUPS - 1) / GROUPS;
      }
    }
    return new WeightSpace(value, Arrays.stream(error).map(Math::sqrt).toArray());
  }

  private static double[] normalised(double[] sums, int tests) {
    double[] value = sums.clone();
    value[0] = Math.log(sums[0]);
    for (int x = 0; x < tests; x++) {
      value[1 + x] = sums[1 + x] / sums[0];
      value[1 + tests + x] = sums[1 + tests + x] / sums[0] - value[1 + x] * value[1 + x];
    }
    return value;
  }

  /** What every hidden layer makes of all pairs of points. */
  private static double[][][] kernels(
      Architecture network, Matrix inputs, int[] widths, SplittableRandom random) {
    int points = inputs.rows();
    double[][][] kernels = new double[widths.length][][];
    double[][] layer = new double[points][];
    for (int a = 0; a < points; a++) {
      layer[a] = inputs.row(a);
    }
    for (int h = 0; h < widths.length; h++) {
      double[][] next = new double[points][widths[h]];
      double deviation = Math.sqrt(network.weightVariance(h) / layer[0].length);
      for (int j = 0; j < widths[h]; j++) {
        double bias = Math.sqrt(network.biasVariance(h)) * random.nextGaussian();
        double[] weights = new double[layer[0].length];
        for (int k = 0; k < weights.length; k++) {
          weights[k] = deviation * random.nextGaussian();
        }
        for (int a = 0; a < points; a++) {
          double z = bias;
          for (int k = 0; k < weights.length; k++) {
            z += weights[k] * layer[a][k];
          }
          next[a][j] = network.activation().value(z);
        }
      }
      layer = next;
      kernels[h] = kernel(layer, network.biasVariance(h + 1), network.weightVariance(h + 1));
    }
    return kernels;
  }

  private static double[][] kernel(double[][] layer, double bias, double weight) {
    int points = layer.length;
    double[][] kernel = new double[points][points];
    for (int a = 0; a < points; a++) {
      for (int b = 0; b < points; b++) {
        double sum = 0;
        for (int j = 0; j < layer[a].length; j++) {
          sum += layer[a][j] * layer[b][j];
        }
        kernel[a][b] = bias + weight * sum / layer[a].length;
      }
    }
    return kernel;
  }

  /** The evidence, then times mean, then times second moment. */
  private static double[] posterior(double[][] kernel, double[] targets, double noise, int tests) {
    int p = targets.length;
    double[][] a = new double[p][2 * p];
    for (int i = 0; i < p; i++) {
      System.arraycopy(kernel[i], 0, a[i], 0, p);
      a[i][i] += noise;
      a[i][p + i] = 1;
    }
    double determinant = 1;
    for (int i = 0; i < p; i++) {
      double pivot = a[i][i];
      determinant *= pivot;
      for (int k = 0; k < 2 * p; k++) {
        a[i][k] /= pivot;
      }
      for (int j = 0; j < p; j++) {
        double factor = a[j][i];
        for (int k = 0; j != i && k < 2 * p; k++) {
          a[j][k] -= factor * a[i][k];
        }
      }
    }
    double fit = 0;
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < p; j++) {
        fit += targets[i] * a[i][p + j] * targets[j];
      }
    }
    double weight = Math.exp(-0.5 * fit) / Math.sqrt(determinant * Math.pow(2 * Math.PI, p));
    double[] result = new double[1 + 2 * tests];
    result[0] = weight;
    for (int x = 0; x < tests; x++) {
      double mean = 0;
      double variance = kernel[p + x][p + x];
      for (int i = 0; i < p; i++) {
        for (int j = 0; j < p; j++) {
          mean += kernel[p + x][i] * a[i][p + j] * targets[j];
          variance -= kernel[p + x][i] * a[i][p + j] * kernel[p + x][j];
        }
      }
      result[1 + x] = weight * mean;
      result[1 + tests + x] = weight * (variance + mean * mean);
    }
    return result;
  }
}
