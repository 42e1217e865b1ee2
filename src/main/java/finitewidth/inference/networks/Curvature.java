package finitewidth.inference.networks;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How stiff the columns of the weights are: μ_k, the mean over neurons and states of (∇L − U)²,
 * which is 1 + E[−∂²L] by Fisher's identity.
 *
 * @param states how many were taken in
 * @param sums of the columns' means over neurons
 */
record Curvature(int states, double[] sums) implements Serializable {

  /** Of no states. */
  static Curvature none(NetworkShape shape) {
    return new Curvature(0, new double[shape.columns()]);
  }

  /**
   * Takes in a state.
   *
   * @param gradient dL/dU there
   */
  Curvature add(NetworkShape shape, double[] u, double[] gradient) {
    double[] added = sums.clone();
    for (int l = 0; l < shape.blocks(); l++) {
      int fanIn = shape.fanIn(l);
      int width = shape.width(l);
      for (int j = 0; j < width; j++) {
        int at = shape.offset(l) + j * fanIn;
        for (int k = 0; k < fanIn; k++) {
          double force = gradient[at + k] - u[at + k];
          added[shape.column(l) + k] += force * force / width;
        }
      }
    }
    return new Curvature(states + 1, added);
  }

  /**
   * ω = μ^−½, that of the softest column of weights 1. Above the first layer there are three for
   * each: the first column, which is the mean over neurons ({@link HiddenLayers}), all other
   * columns, and the bias.
   *
   * <p>Of hyperparameters none is above 1: some say next to nothing to the data, and measured by
   * the softest of these a trajectory would hardly turn the weights.
   */
  double[] frequencies(NetworkShape shape) {
    double[] mean = sums.clone();
    for (int l = 1; l < shape.layers(); l++) {
      int from = shape.column(l) + 1;
      int to = shape.column(l + 1) - 1;
      if (to > from) {
        double pooled = Arrays.stream(mean, from, to).sum() / (to - from);
        Arrays.fill(mean, from, to, pooled);
      }
    }
    double largest = 0;
    for (int k = 0; k < mean.length; k++) {
      mean[k] = 1 / Math.sqrt(Math.max(mean[k] / states, 1));
      if (k < shape.column(shape.layers())) {
        largest = Math.max(largest, mean[k]);
      }
    }
    for (int k = 0; k < mean.length; k++) {
      mean[k] = Math.min(1, mean[k] / largest);
    }
    return mean;
  }
}
