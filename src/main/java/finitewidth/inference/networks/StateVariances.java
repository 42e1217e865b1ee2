package finitewidth.inference.networks;

import finitewidth.prior.Architecture;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Noise and variances of one network; or, in the same places, derivatives by their logarithms.
 *
 * @param noise s²
 * @param biases C_b of all layers, the output's last
 * @param weights C_W of all layers
 * @param scales s_k of features, whose mean is 1: C_W/n_0 of the first layer is s_k times as much
 *     for feature k; empty where there are none
 */
record StateVariances(double noise, double[] biases, double[] weights, double[] scales)
    implements Serializable {

  /** Those of a network as it was given. */
  static StateVariances of(Architecture network, double noise) {
    int layers = network.hiddenLayers() + 1;
    double[] biases = new double[layers];
    double[] weights = new double[layers];
    for (int l = 0; l < layers; l++) {
      biases[l] = network.biasVariance(l);
      weights[l] = network.weightVariance(l);
    }
    return new StateVariances(noise, biases, weights, new double[0]);
  }

  /** How many numbers there are. */
  static int count(int hiddenLayers, int scales) {
    return 1 + 2 * (hiddenLayers + 1) + scales;
  }

  /** All of them in a row. */
  double[] numbers() {
    double[] all = new double[count(biases.length - 1, scales.length)];
    all[0] = noise;
    System.arraycopy(biases, 0, all, 1, biases.length);
    System.arraycopy(weights, 0, all, 1 + biases.length, weights.length);
    System.arraycopy(scales, 0, all, 1 + 2 * biases.length, scales.length);
    return all;
  }

  /** From a row of them. */
  static StateVariances of(double[] numbers, int hiddenLayers) {
    int layers = hiddenLayers + 1;
    return new StateVariances(
        numbers[0],
        Arrays.copyOfRange(numbers, 1, 1 + layers),
        Arrays.copyOfRange(numbers, 1 + layers, 1 + 2 * layers),
        Arrays.copyOfRange(numbers, 1 + 2 * layers, numbers.length));
  }
}
