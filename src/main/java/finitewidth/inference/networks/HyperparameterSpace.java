package finitewidth.inference.networks;

import finitewidth.prior.Architecture;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The coordinates of hyperparameters in a chain. Each is θ ~ N(0, 1), like a whitened weight:
 *
 * <ul>
 *   <li>noise, s² = f + s²_0 exp(σ θ) with f the floor;
 *   <li>bias variances, C_b exp(σ θ): one θ for hidden layers that were given the same variance,
 *       and one for the output layer; none where the variance is 0;
 *   <li>weight variances likewise;
 *   <li>where features have scales, s_k = n_0 softmax(σ θ)_k.
 * </ul>
 */
final class HyperparameterSpace implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HyperparameterPrior prior;
  private final StateVariances given;
  private final int scales;
  private final double floor;
  private final ArrayList<Group> groups;

  /** Layers that share a factor on a variance. */
  private record Group(boolean bias, int[] layers) implements Serializable {}

  /**
   * @param noise that was given, s²_0
   * @param variance of the targets, which the floor is a part of
   * @param features n_0
   */
  HyperparameterSpace(
      HyperparameterPrior prior,
      Architecture network,
      double noise,
      double variance,
      int features) {
    this.prior = prior;
    given = StateVariances.of(network, noise);
    scales = scales(prior, features);
    floor = prior.floor() * variance;
    groups = groups(prior, network);
  }

  /** How many coordinates networks of any widths have. */
  static int size(HyperparameterPrior prior, Architecture network, int features) {
    return 1 + groups(prior, network).size() + scales(prior, features);
  }

  private static int scales(HyperparameterPrior prior, int features) {
    return prior.perFeature() && features > 1 ? features : 0;
  }

  private static ArrayList<Group> groups(HyperparameterPrior prior, Architecture network) {
    ArrayList<Group> groups = new ArrayList<>();
    if (prior.variances() > 0) {
      group(true, network.hiddenLayers(), network::biasVariance, groups);
      group(false, network.hiddenLayers(), network::weightVariance, groups);
    }
    return groups;
  }

  /**
   * The mean square of targets about the mean of their output.
   *
   * @param targets m × P
   */
  static double variance(double[] targets, int outputs) {
    int rows = targets.length / outputs;
    double squares = 0;
    for (int i = 0; i < outputs; i++) {
      double mean = Spread.of(targets, i * rows, (i + 1) * rows).mean();
      for (int a = i * rows; a < (i + 1) * rows; a++) {
        squares += (targets[a] - mean) * (targets[a] - mean);
      }
    }
    return squares / targets.length;
  }

  private static void group(
      boolean bias, int hidden, IntToDoubleFunction variance, List<Group> groups) {
    boolean[] done = new boolean[hidden];
    for (int l = 0; l < hidden; l++) {
      double own = variance.applyAsDouble(l);
      if (!done[l] && own > 0) {
        List<Integer> same = new ArrayList<>();
        for (int k = l; k < hidden; k++) {
          if (variance.applyAsDouble(k) == own) {
            done[k] = true;
            same.add(k);
          }
        }
        groups.add(new Group(bias, same.stream().mapToInt(Integer::intValue).toArray()));
      }
    }
    if (variance.applyAsDouble(hidden) > 0) {
      groups.add(new Group(bias, new int[] {hidden}));
    }
  }

  /** How many coordinates there are. */
  int size() {
    return 1 + groups.size() + scales;
  }

  /** Whether features have scales. */
  boolean hasScales() {
    return scales > 0;
  }

  /** The least noise. */
  double floor() {
    return floor;
  }

  /** The feature, from 0, whose scale coordinate k is. */
  OptionalInt feature(int k) {
    return k > groups.size() ? OptionalInt.of(k - 1 - groups.size()) : OptionalInt.empty();
  }

  /** Whether coordinate k is of what fields of hidden layers are made with. */
  boolean isOfHiddenLayers(int k) {
    return k > groups.size() || (k > 0 && groups.get(k - 1).layers()[0] < hidden());
  }

  /**
   * The coordinates of one hidden layer's variances and of the next weight variance, where none of
   * them is shared with another layer: weights, then next weights, then biases where there are any.
   * Empty otherwise.
   */
  int[] around(int layer) {
    int weights = group(false, layer);
    int next = group(false, layer + 1);
    int biases = group(true, layer);
    if (weights < 0 || next < 0 || (biases < 0 && given.biases()[layer] > 0)) {
      return new int[0];
    }
    return biases < 0 ? new int[] {weights, next} : new int[] {weights, next, biases};
  }

  /** The coordinate of one layer alone; −1 if it has none. */
  private int group(boolean bias, int layer) {
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      if (group.bias() == bias && group.layers().length == 1 && group.layers()[0] == layer) {
        return 1 + g;
      }
    }
    return -1;
  }

  private int hidden() {
    return given.biases().length - 1;
  }

  /** What coordinate k is called. */
  String name(int k) {
    if (k == 0) {
      return "noise variance";
    }
    if (k > groups.size()) {
      return "input scale, feature " + (k - groups.size());
    }
    Group group = groups.get(k - 1);
    return (group.bias() ? "bias variance, " : "weight variance, ") + layers(group.layers());
  }

  private String layers(int[] layers) {
    if (layers[0] == hidden()) {
      return "output layer";
    }
    if (layers.length == hidden()) {
      return layers.length == 1 ? "hidden layer" : "hidden layers";
    }
    return (layers.length == 1 ? "hidden layer " : "hidden layers ")
        + Arrays.stream(layers)
            .mapToObj(l -> Integer.toString(l + 1))
            .collect(Collectors.joining(" and "));
  }

  /**
   * What coordinates stand for.
   *
   * @param u where they are
   * @param from the first of them
   */
  StateVariances at(double[] u, int from) {
    double noise = floor + given.noise() * Math.exp(prior.noise() * u[from]);
    double[] biases = given.biases().clone();
    double[] weights = given.weights().clone();
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      double factor = Math.exp(prior.variances() * u[from + 1 + g]);
      for (int l : group.layers()) {
        (group.bias() ? biases : weights)[l] *= factor;
      }
    }
    return new StateVariances(noise, biases, weights, scales(u, from + 1 + groups.size()));
  }

  private double[] scales(double[] u, int from) {
    double[] all = new double[scales];
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < scales; k++) {
      largest = Math.max(largest, prior.features() * u[from + k]);
    }
    double sum = 0;
    for (int k = 0; k < scales; k++) {
      all[k] = Math.exp(prior.features() * u[from + k] - largest);
      sum += all[k];
    }
    for (int k = 0; k < scales; k++) {
      all[k] *= scales / sum;
    }
    return all;
  }

  /**
   * One value for each coordinate, as reports have it.
   *
   * @param out receives noise, variances and scales
   * @param to where the first goes
   */
  void values(StateVariances at, double[] out, int to) {
    out[to] = at.noise();
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      out[to + 1 + g] = (group.bias() ? at.biases() : at.weights())[group.layers()[0]];
    }
    System.arraycopy(at.scales(), 0, out, to + 1 + groups.size(), scales);
  }

  /**
   * Derivatives by the coordinates.
   *
   * @param at what the coordinates stand for
   * @param slopes dL/d log of each, those of scales as if these were independent
   * @param out receives dL/dθ
   * @param from where the first goes
   */
  void pull(StateVariances at, StateVariances slopes, double[] out, int from) {
    out[from] = prior.noise() * slopes.noise() * ((at.noise() - floor) / at.noise());
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      double slope = 0;
      for (int l : group.layers()) {
        slope += (group.bias() ? slopes.biases() : slopes.weights())[l];
      }
      out[from + 1 + g] = prior.variances() * slope;
    }
    double all = Arrays.stream(slopes.scales()).sum();
    for (int k = 0; k < scales; k++) {
      out[from + 1 + groups.size() + k] =
          prior.features() * (slopes.scales()[k] - at.scales()[k] / scales * all);
    }
  }
}
