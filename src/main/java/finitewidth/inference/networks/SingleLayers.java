package finitewidth.inference.networks;

import dev.ludovic.netlib.blas.BLAS;
import finitewidth.gaussian.Activation;
import finitewidth.gaussian.Derivative;
import finitewidth.gaussian.relu.LeakyReluActivation;
import finitewidth.gaussian.relu.ReluActivation;
import finitewidth.prior.Architecture;
import java.util.Arrays;
import java.util.OptionalDouble;

/** {@link HiddenLayers} in single precision. */
final class SingleLayers {
  private static final BLAS BLAS_CALLS = BLAS.getInstance();
  private static final float STEEP = 1e30f;

  /** Fields that are bent at once, in double precision. */
  private static final int CHUNK = 512;

  private final NetworkShape shape;
  private final Activation activation;
  private final Derivative derivative;
  private final int rows;
  private final float[][] features;

  /** Z_l on its way to F_l, then √(C_W/n_l) σ'(Z_l). */
  private final float[][] fields;

  private final float[][] gradients;
  private final double[] scales;
  private final Reflection[] reflections;
  private final double[] chunk = new double[CHUNK];
  private final double[] value = new double[CHUNK];

  /** Of negative fields, where there is a kink at zero and nothing else. */
  private final OptionalDouble slope;

  SingleLayers(NetworkProblem problem, NetworkShape shape) {
    this.shape = shape;
    rows = problem.rows();
    Architecture architecture = problem.architecture();
    activation = architecture.activation();
    derivative = problem.derivative();
    slope = slope(activation);
    int layers = shape.layers();
    features = new float[layers + 1][];
    fields = new float[layers][];
    gradients = new float[layers][];
    scales = new double[layers];
    reflections = new Reflection[layers - 1];
    Arrays.setAll(reflections, l -> new Reflection(shape.width(l), rows));
    features[0] = single(problem.inputs());
    for (int l = 0; l < layers; l++) {
      int width = shape.width(l);
      features[l + 1] = new float[Math.multiplyExact(width + 1, rows)];
      scale(l, architecture.weightVariance(l + 1), architecture.biasVariance(l + 1));
      fields[l] = new float[width * rows];
      gradients[l] = new float[l == 0 ? 0 : shape.width(l - 1) * rows];
    }
  }

  private void scale(int l, double weight, double bias) {
    int width = shape.width(l);
    scales[l] = Math.sqrt(weight / width);
    Arrays.fill(features[l + 1], width * rows, (width + 1) * rows, (float) Math.sqrt(bias));
  }

  /**
   * Takes other variances than those that were given.
   *
   * @param first F_0 as these have it, a feature after another
   */
  void set(StateVariances hyperparameters, double[] first) {
    single(first, features[0]);
    for (int l = 0; l < shape.layers(); l++) {
      scale(l, hyperparameters.weights()[l + 1], hyperparameters.biases()[l + 1]);
    }
  }

  private static OptionalDouble slope(Activation activation) {
    if (activation instanceof ReluActivation) {
      return OptionalDouble.of(0);
    }
    return activation instanceof LeakyReluActivation leaky
        ? OptionalDouble.of(leaky.value(-1) / -1)
        : OptionalDouble.empty();
  }

  static float[] single(double[] numbers) {
    return single(numbers, new float[numbers.length]);
  }

  /**
   * Rounds.
   *
   * @param numbers as many as {@code out} has, or more
   * @return {@code out}
   */
  static float[] single(double[] numbers, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) numbers[i];
    }
    return out;
  }

  /** F_H as it stands, q × rows. */
  float[] last() {
    return features[shape.layers()];
  }

  /** Makes the features of all layers, and slopes. */
  void forward(float[] u) {
    for (int l = 0; l < shape.layers(); l++) {
      int width = shape.width(l);
      int fanIn = shape.fanIn(l);
      BLAS_CALLS.sgemm(
          "N",
          "N",
          rows,
          width,
          fanIn,
          1,
          features[l],
          0,
          rows,
          u,
          shape.offset(l),
          fanIn,
          0,
          fields[l],
          0,
          rows);
      float[] f = features[l + 1];
      if (slope.isPresent()) {
        bend(fields[l], f, (float) scales[l], (float) slope.getAsDouble());
      } else {
        activate(fields[l], f, scales[l]);
      }
      if (l < shape.layers() - 1) {
        reflections[l].reflect(f);
      }
    }
  }

  private void activate(float[] z, float[] f, double scale) {
    for (int from = 0; from < z.length; from += CHUNK) {
      int count = Math.min(CHUNK, z.length - from);
      for (int i = 0; i < count; i++) {
        chunk[i] = z[from + i];
      }
      activation.values(chunk, value, count);
      for (int i = 0; i < count; i++) {
        f[from + i] = (float) (scale * value[i]);
        z[from + i] = (float) (scale * derivative.at(chunk[i], value[i]));
      }
    }
  }

  /** ReLU and its like, without branches: one and a half instructions for eight numbers. */
  private static void bend(float[] z, float[] f, float scale, float negative) {
    float below = scale * negative;
    float above = scale - below;
    for (int i = 0; i < z.length; i++) {
      float up = Math.max(z[i], 0f);
      f[i] = below * z[i] + above * up;
      // 1 where z is positive, but for what is next to nothing.
      z[i] = below + above * Math.min(up * STEEP, 1f);
    }
  }

  /**
   * dL/dU from dL/dF_H, after {@link #forward} of the same weights.
   *
   * @param last dL/dF_H, q × rows; is overwritten
   * @param out receives dL/dU
   */
  void backward(float[] u, float[] last, float[] out) {
    float[] gradient = last;
    for (int l = shape.layers() - 1; l >= 0; l--) {
      int width = shape.width(l);
      int fanIn = shape.fanIn(l);
      float[] slope = fields[l];
      for (int i = 0; i < slope.length; i++) {
        gradient[i] *= slope[i];
      }
      BLAS_CALLS.sgemm(
          "T",
          "N",
          fanIn,
          width,
          rows,
          1,
          features[l],
          0,
          rows,
          gradient,
          0,
          rows,
          0,
          out,
          shape.offset(l),
          fanIn);
      if (l > 0) {
        float[] below = gradients[l];
        int inner = shape.width(l - 1);
        BLAS_CALLS.sgemm(
            "N",
            "T",
            rows,
            inner,
            width,
            1,
            gradient,
            0,
            rows,
            u,
            shape.offset(l),
            fanIn,
            0,
            below,
            0,
            rows);
        reflections[l - 1].reflect(below);
        gradient = below;
      }
    }
  }
}
