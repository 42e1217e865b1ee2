package finitewidth.ensemble;

import finitewidth.flow.Architecture;
import finitewidth.gaussian.Activation;
import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
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

  /** Of every layer its blocks' parts of X, one after the other, carried upwards. */
  private final double[][] blocks;

  private final double[] deviation;
  private final double[] curvature;
  private final double[] kernel;
  private final double[] moment;

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
    int count = pairs.count();
    blocks = new double[widths.length][];
    for (int h = 0; h < widths.length; h++) {
      blocks[h] = new double[Math.min(BLOCKS, widths[h]) * count];
    }
    deviation = new double[count];
    curvature = new double[count];
    kernel = new double[count];
    moment = new double[count];
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
      Matrix features = activated(root, widths[h], normals);
      makeKernel(h, features, h > 0 ? moment : problem.firstMoment());
      if (h < widths.length - 1) {
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
    step.linear(curvature, 0);
    step.addCurvature(1, deviation, 0, curvature);
    step.linear(deviation, 0);
    for (int below = 0; below < h; below++) {
      for (int at = 0; at < blocks[below].length; at += pairs.count()) {
        step.addCurvature(-1, blocks[below], at, curvature);
        step.linear(blocks[below], at);
      }
    }
  }

  /** σ(R·g) of a layer's neurons, M × n. */
  private Matrix activated(Matrix root, int width, Normals normals) {
    Matrix deviates = Matrix.zeros(root.cols(), width);
    normals.fill(deviates.data());
    Matrix fields = Matrix.zeros(root.rows(), width);
    Accumulate.times(1, root, deviates, 0, fields);
    Activation activation = architecture.activation();
    double[] z = fields.data();
    for (int k = 0; k < z.length; k++) {
      z[k] = activation.value(z[k]);
    }
    return fields;
  }

  /**
   * The kernel that a layer's features make, and its deviation block by block.
   *
   * @param mean F of the layer given those below
   */
  private void makeKernel(int h, Matrix features, double[] mean) {
    int width = widths[h];
    int count = pairs.count();
    double scale = architecture.weightVariance(h + 1) / width;
    Arrays.fill(kernel, architecture.biasVariance(h + 1));
    double[] parts = blocks[h];
    int number = parts.length / count;
    for (int k = 0; k < number; k++) {
      int from = (int) ((long) width * k / number);
      int to = (int) ((long) width * (k + 1) / number);
      int start = k * count;
      Accumulate.columnsGram(scale, features, from, to, pairs.training(), parts, start);
      for (int a = pairs.training(); a < pairs.points(); a++) {
        double square =
            Products.dot(
                features.data(), a * width + from, features.data(), a * width + from, to - from);
        parts[start + pairs.own(a)] = scale * square;
      }
      double all = scale * (to - from);
      for (int at = 0; at < count; at++) {
        kernel[at] += parts[start + at];
        parts[start + at] -= all * mean[at];
        deviation[at] += parts[start + at];
      }
    }
  }

  /** Ĝ of the output, on the pairs. */
  double[] kernel() {
    return kernel;
  }

  /**
   * The second order of the kernel's deviation in lower layers' blocks, without the squares of any.
   */
  double[] curvature() {
    return curvature;
  }

  /** Of every layer its blocks' parts of X, one after the other, each on the pairs. */
  double[][] blocks() {
    return blocks;
  }
}
