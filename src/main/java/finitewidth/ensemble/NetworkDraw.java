package finitewidth.ensemble;

import finitewidth.flow.Architecture;
import finitewidth.gaussian.Activation;
import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import java.util.Arrays;

/**
 * Draws the hidden layers of one network after another, and with each what its kernel deviates by.
 *
 * <p>Given the layers below, neurons are independent fields with the kernel R·Rᵀ of those layers,
 * so z = R·g with as many deviates a neuron as R has columns: what random weights would give, at a
 * fraction of the deviates. With Δ_h = (C_W/n) Σ_j (σ_jσ_jᵀ − F), of zero mean given the layers
 * below, and T_h the maps of the layers above, X = Σ_h T_h[Δ_h] is the kernel's deviation to first
 * order and has zero mean <em>exactly</em>. Neurons are cut into blocks: products of the deviations
 * of different blocks have zero mean exactly as well, whatever the blocks above.
 */
final class NetworkDraw {
  /** Into how many blocks a layer's neurons are cut: what is left of the noise is one part. */
  private static final int BLOCKS = 16;

  private final EnsembleProblem problem;
  private final Architecture architecture;
  private final Pairs pairs;
  private final int[] widths;
  private final ConditionalMoments moments;

  /** Of every layer's blocks, carried upwards as layers are drawn. */
  private final double[][][] block;

  private final double[] deviation;
  private final double[] curvature;
  private final double[] kernel;
  private final double[] moment;
  private final double[] spare;

  NetworkDraw(EnsembleProblem problem, int[] widths) {
    this.problem = problem;
    this.widths = widths.clone();
    architecture = problem.architecture();
    pairs = problem.pairs();
    if (widths.length != architecture.hiddenLayers()) {
      throw new IllegalArgumentException(
          "expected " + architecture.hiddenLayers() + " widths, not " + widths.length);
    }
    moments = new ConditionalMoments(architecture.activation(), pairs);
    block = new double[widths.length][][];
    for (int h = 0; h < widths.length; h++) {
      block[h] = new double[Math.min(BLOCKS, widths[h])][pairs.count()];
    }
    deviation = new double[pairs.count()];
    curvature = new double[pairs.count()];
    kernel = new double[pairs.count()];
    moment = new double[pairs.count()];
    spare = new double[pairs.count()];
  }

  /** Draws a network; what it was before is gone. */
  void draw(Normals normals) {
    Arrays.fill(deviation, 0);
    Arrays.fill(curvature, 0);
    Matrix root = problem.inputRoot();
    for (int h = 0; h < widths.length; h++) {
      if (h > 0) {
        pass(h);
        moments.compute(root, kernel, moment);
      }
      boolean last = h == widths.length - 1;
      Matrix features = Matrix.zeros(last ? 0 : pairs.points(), widths[h]);
      drawLayer(h, root, h > 0 ? moment : problem.firstMoment(), features, normals);
      if (!last) {
        root =
            EnsembleProblem.root(
                features,
                architecture.weightVariance(h + 1) / widths[h],
                architecture.biasVariance(h + 1));
      }
    }
  }

  /** Takes the deviations of the layers below through hidden layer h. */
  private void pass(int h) {
    LayerStep step = problem.step(h);
    step.linear(curvature, spare);
    System.arraycopy(spare, 0, curvature, 0, spare.length);
    step.addCurvature(1, deviation, curvature);
    replace(step, deviation);
    for (int below = 0; below < h; below++) {
      for (double[] part : block[below]) {
        step.addCurvature(-1, part, curvature);
        replace(step, part);
      }
    }
  }

  private void replace(LayerStep step, double[] x) {
    step.linear(x, spare);
    System.arraycopy(spare, 0, x, 0, x.length);
  }

  /**
   * @param mean F of the layer given those below
   * @param features receives σ(z), if there is another layer
   */
  private void drawLayer(int h, Matrix root, double[] mean, Matrix features, Normals normals) {
    int width = widths[h];
    double scale = architecture.weightVariance(h + 1) / width;
    Arrays.fill(kernel, architecture.biasVariance(h + 1));
    int parts = block[h].length;
    for (int k = 0; k < parts; k++) {
      int from = (int) ((long) width * k / parts);
      int to = (int) ((long) width * (k + 1) / parts);
      double[] part = block[h][k];
      Matrix activated = activated(root, to - from, normals);
      products(activated, scale, part);
      for (int at = 0; at < part.length; at++) {
        kernel[at] += part[at];
        part[at] -= scale * (to - from) * mean[at];
        deviation[at] += part[at];
      }
      for (int a = 0; a < features.rows(); a++) {
        System.arraycopy(
            activated.data(), a * (to - from), features.data(), a * width + from, to - from);
      }
    }
  }

  /** σ(R·g) of so many neurons, M × count. */
  private Matrix activated(Matrix root, int count, Normals normals) {
    Matrix deviates = Matrix.zeros(root.cols(), count);
    normals.fill(deviates.data());
    Matrix fields = Matrix.zeros(root.rows(), count);
    Accumulate.times(1, root, deviates, 0, fields);
    Activation activation = architecture.activation();
    double[] z = fields.data();
    for (int k = 0; k < z.length; k++) {
      z[k] = activation.value(z[k]);
    }
    return fields;
  }

  /** scale · Σ_j f_j f_j on the pairs. */
  private void products(Matrix f, double scale, double[] out) {
    Matrix all = Matrix.zeros(pairs.points(), pairs.training());
    Accumulate.timesFirstRowsTranspose(scale, f, 0, all);
    System.arraycopy(all.data(), 0, out, 0, all.data().length);
    int cols = f.cols();
    double[] data = f.data();
    for (int a = pairs.training(); a < pairs.points(); a++) {
      double sum = 0;
      for (int k = a * cols; k < (a + 1) * cols; k++) {
        sum += data[k] * data[k];
      }
      out[pairs.own(a)] = scale * sum;
    }
  }

  /** Ĝ of the output, on the pairs. */
  double[] kernel() {
    return kernel;
  }

  /** X. */
  double[] deviation() {
    return deviation;
  }

  /** The second order of the kernel's deviation in lower layers' blocks, without squares of any. */
  double[] curvature() {
    return curvature;
  }

  /** The blocks' parts of X; squares of each are to be left out of products. */
  double[][][] blocks() {
    return block;
  }
}
