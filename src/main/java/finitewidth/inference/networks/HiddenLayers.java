package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;
import finitewidth.gaussian.Activation;
import finitewidth.gaussian.Derivative;
import finitewidth.prior.Architecture;
import java.util.Arrays;

/**
 * The features of given rows in every hidden layer, and what a gradient in them is in the weights:
 * Z_l = U_l F_{l−1} and F_l = [√(C_W/n_l) σ(Z_l); √C_b], a feature a row of its matrix.
 *
 * <p>Below the last layer features are reflected so that the first is their mean (up to √n): the
 * prior of the weights above does not notice, and most of the curvature gathers in one column.
 * Works in its own arrays, for one thread.
 */
final class HiddenLayers {
  private static final BLAS BLAS_CALLS = BLAS.getInstance();

  private final NetworkShape shape;
  private final Activation activation;
  private final Derivative derivative;
  private final int rows;

  private final FirstFeatures first;

  /** F_0 … F_H; the last feature of all but the first is the bias, which never changes. */
  private final double[][] features;

  /** Z_l on its way to F_l, then √(C_W/n_l) σ'(Z_l). */
  private final double[][] fields;

  private final double[] scales;
  private final Reflection[] reflections;

  /** dL/dF_l on the way down. */
  private final double[][] gradients;

  /**
   * @param inputs of the rows as the problem has them, see {@link NetworkProblem#inputsOf}
   * @param rows of each feature
   */
  HiddenLayers(NetworkProblem problem, NetworkShape shape, double[] inputs, int rows) {
    this(
        problem.architecture(),
        problem.derivative(),
        shape,
        new FirstFeatures(
            problem.architecture(), problem.rotation(), problem.hasScales(), inputs, rows));
  }

  /** The same for networks of another problem. */
  HiddenLayers(
      Architecture architecture, Derivative derivative, NetworkShape shape, FirstFeatures first) {
    this.first = first;
    this.shape = shape;
    rows = first.rows();
    activation = architecture.activation();
    this.derivative = derivative;
    int layers = shape.layers();
    features = new double[layers + 1][];
    fields = new double[layers][];
    gradients = new double[layers][];
    scales = new double[layers];
    reflections = new Reflection[layers - 1];
    Arrays.setAll(reflections, l -> new Reflection(shape.width(l), rows));
    features[0] = first.inputs();
    for (int l = 0; l < layers; l++) {
      int width = shape.width(l);
      features[l + 1] = new double[Math.multiplyExact(width + 1, rows)];
      fields[l] = new double[width * rows];
      scale(l, architecture.weightVariance(l + 1), architecture.biasVariance(l + 1));
    }
  }

  private void scale(int l, double weight, double bias) {
    int width = shape.width(l);
    scales[l] = Math.sqrt(weight / width);
    Arrays.fill(features[l + 1], width * rows, (width + 1) * rows, Math.sqrt(bias));
  }

  /** Takes other variances than those that were given. */
  void set(StateVariances hyperparameters) {
    features[0] = first.of(hyperparameters);
    for (int l = 0; l < shape.layers(); l++) {
      scale(l, hyperparameters.weights()[l + 1], hyperparameters.biases()[l + 1]);
    }
  }

  /** F_l as it stands, (n_l + 1) × rows. */
  double[] features(int l) {
    return features[l];
  }

  /** F_H as it stands, q × rows. */
  double[] last() {
    return features[shape.layers()];
  }

  /** P or T. */
  int rows() {
    return rows;
  }

  /**
   * Makes the features of all layers.
   *
   * @param u all weights
   * @param slopes whether σ' is wanted too, for {@link #backward}
   */
  void forward(double[] u, boolean slopes) {
    for (int l = 0; l < shape.layers(); l++) {
      int width = shape.width(l);
      int fanIn = shape.fanIn(l);
      // BLAS is column-major: features are its columns, and so are the weights of a neuron.
      BLAS_CALLS.dgemm(
          "N",
          "N",
          rows,
          width,
          fanIn,
          1.0,
          features[l],
          0,
          rows,
          u,
          shape.offset(l),
          fanIn,
          0.0,
          fields[l],
          0,
          rows);
      activate(l, slopes);
      if (l < shape.layers() - 1) {
        reflections[l].reflect(features[l + 1]);
      }
    }
  }

  private void activate(int l, boolean slopes) {
    double[] z = fields[l];
    double[] f = features[l + 1];
    double scale = scales[l];
    // A loop for each, so that the compiler can make vector instructions of them.
    activation.values(z, f, z.length);
    if (slopes) {
      for (int i = 0; i < z.length; i++) {
        double value = f[i];
        z[i] = scale * derivative.at(z[i], value);
        f[i] = scale * value;
      }
    } else {
      for (int i = 0; i < z.length; i++) {
        f[i] *= scale;
      }
    }
  }

  /**
   * The features of single neurons of the last hidden layer.
   *
   * @param u their weights, one neuron after another
   * @param neurons how many
   * @param out receives √(C_W/n) σ(F_{H−1} u), one for each row, one neuron after another
   */
  void neurons(double[] u, int neurons, double[] out) {
    int l = shape.layers() - 1;
    int fanIn = shape.fanIn(l);
    BLAS_CALLS.dgemm(
        "N", "N", rows, neurons, fanIn, 1.0, features[l], rows, u, fanIn, 0.0, out, rows);
    double scale = scales[l];
    int end = neurons * rows;
    activation.values(out, out, end);
    for (int i = 0; i < end; i++) {
      out[i] *= scale;
    }
  }

  /**
   * dL/dU from dL/dF_H, after {@link #forward} with slopes of the same weights.
   *
   * @param last dL/dF_H, q × rows; is overwritten
   * @param out receives dL/dU, as the weights stand
   */
  void backward(double[] u, double[] last, double[] out) {
    double[] gradient = last;
    for (int l = shape.layers() - 1; l >= 0; l--) {
      int width = shape.width(l);
      int fanIn = shape.fanIn(l);
      double[] slope = fields[l];
      for (int i = 0; i < slope.length; i++) {
        gradient[i] *= slope[i];
      }
      BLAS_CALLS.dgemm(
          "T",
          "N",
          fanIn,
          width,
          rows,
          1.0,
          features[l],
          0,
          rows,
          gradient,
          0,
          rows,
          0.0,
          out,
          shape.offset(l),
          fanIn);
      if (l > 0) {
        double[] below = below(l);
        int inner = shape.width(l - 1);
        BLAS_CALLS.dgemm(
            "N",
            "T",
            rows,
            inner,
            width,
            1.0,
            gradient,
            0,
            rows,
            u,
            shape.offset(l),
            fanIn,
            0.0,
            below,
            0,
            rows);
        reflections[l - 1].reflect(below);
        gradient = below;
      }
    }
  }

  private double[] below(int l) {
    if (gradients[l] == null) {
      gradients[l] = new double[shape.width(l - 1) * rows];
    }
    return gradients[l];
  }
}
