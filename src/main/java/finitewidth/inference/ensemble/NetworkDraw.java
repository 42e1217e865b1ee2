package finitewidth.inference.ensemble;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.linalg.Accumulate;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.prior.Architecture;
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
  static final int BLOCKS = 16;

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

  /** Of every hidden layer, the kernel that its neurons have made. */
  private final double[][] kernels;

  private final double[] moment;

  /** Whether F of a kernel that is drawn costs little. */
  private final boolean closedForm;

  NetworkDraw(EnsembleProblem problem, int[] widths) {
    this.problem = problem;
    this.widths = widths.clone();
    architecture = problem.architecture();
    pairs = problem.pairs();
    if (widths.length != architecture.hiddenLayers()) {
      throw new IllegalArgumentException(
          "expected " + architecture.hiddenLayers() + " widths, not " + widths.length);
    }
    closedForm = architecture.activation() instanceof FourPointActivation;
    moments = new ConditionalMoments(architecture.activation(), pairs);
    int count = pairs.count();
    blocks = new double[widths.length][];
    for (int h = 0; h < widths.length; h++) {
      blocks[h] = new double[Math.min(BLOCKS, widths[h]) * count];
    }
    deviation = new double[count];
    curvature = new double[count];
    kernel = new double[count];
    kernels = new double[widths.length][count];
    moment = new double[count];
  }

  /** Is told of every hidden layer while all deviations stand where they are behind it. */
  @FunctionalInterface
  interface Watcher {
    /** Hidden layer h has been drawn. */
    void drawn(int h);
  }

  /** Draws a network; what it was before is gone. */
  void draw(Normals normals) {
    draw(normals, h -> {});
  }

  /** The same, watched. */
  void draw(Normals normals, Watcher watcher) {
    Arrays.fill(deviation, 0);
    Arrays.fill(curvature, 0);
    Matrix root = problem.inputRoot();
    for (int h = 0; h < widths.length; h++) {
      if (h > 0) {
        pass(h);
      }
      Matrix layer = fields(root, widths[h], normals);
      if (h == 0) {
        activate(layer);
        makeKernel(h, layer, problem.firstMoment());
      } else if (closedForm) {
        moments.compute(root, kernel, moment);
        activate(layer);
        makeKernel(h, layer, moment);
      } else {
        takeSecondChaos(h, layer);
        activate(layer);
        makeKernel(h, layer);
      }
      System.arraycopy(kernel, 0, kernels[h], 0, kernel.length);
      watcher.drawn(h);
      if (h < widths.length - 1) {
        root =
            EnsembleProblem.root(
                layer,
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

  /** R·g of a layer's neurons, M × n. */
  private static Matrix fields(Matrix root, int width, Normals normals) {
    Matrix deviates = Matrix.zeros(root.cols(), width);
    normals.fill(deviates.data());
    Matrix fields = Matrix.zeros(root.rows(), width);
    Accumulate.times(1, root, deviates, 0, fields);
    return fields;
  }

  private void activate(Matrix fields) {
    Activation activation = architecture.activation();
    double[] z = fields.data();
    for (int k = 0; k < z.length; k++) {
      z[k] = activation.value(z[k]);
    }
  }

  /**
   * The kernel that a layer's features make, and its deviation block by block.
   *
   * @param mean F of the layer given those below
   */
  private void makeKernel(int h, Matrix features, double[] mean) {
    Arrays.fill(kernel, architecture.biasVariance(h + 1));
    int count = pairs.count();
    double[] parts = blocks[h];
    double scale = architecture.weightVariance(h + 1) / widths[h];
    for (int start = 0; start < parts.length; start += count) {
      int from = first(h, start / count);
      int to = first(h, start / count + 1);
      products(features, from, to, scale, parts, start);
      double all = scale * (to - from);
      for (int at = 0; at < pairs.used(); at++) {
        kernel[at] += parts[start + at];
        parts[start + at] -= all * mean[at];
        deviation[at] += parts[start + at];
      }
    }
  }

  /** The kernel alone. */
  private void makeKernel(int h, Matrix features) {
    double scale = architecture.weightVariance(h + 1) / widths[h];
    products(features, 0, widths[h], scale, kernel, 0);
    for (int at = 0; at < pairs.used(); at++) {
      kernel[at] += architecture.biasVariance(h + 1);
    }
  }

  /**
   * The deviation that a layer's fields are to blame for, where F is dear to know: D[zzᵀ − K̂], the
   * part of σσᵀ − F in the second Wiener chaos, has zero mean given the layers below as well. What
   * is left of the deviation remains as noise.
   *
   * @param fields z, of which {@code kernel} is the covariance
   */
  private void takeSecondChaos(int h, Matrix fields) {
    int count = pairs.count();
    double[] parts = blocks[h];
    double scale = 1.0 / widths[h];
    for (int start = 0; start < parts.length; start += count) {
      int from = first(h, start / count);
      int to = first(h, start / count + 1);
      products(fields, from, to, scale, parts, start);
      for (int at = 0; at < pairs.used(); at++) {
        parts[start + at] -= scale * (to - from) * kernel[at];
      }
      problem.step(h).linear(parts, start);
      for (int at = 0; at < pairs.used(); at++) {
        deviation[at] += parts[start + at];
      }
    }
  }

  /** The first neuron of a block. */
  private int first(int h, int block) {
    return (int) ((long) widths[h] * block / (blocks[h].length / pairs.count()));
  }

  /**
   * scale · Σ_j f_j f_j on the pairs, over some neurons; the filling of the array stays as it is.
   */
  private void products(Matrix f, int from, int to, double scale, double[] out, int start) {
    Accumulate.columnsGram(scale, f, from, to, pairs.training(), out, start);
    double[] data = f.data();
    for (int a = pairs.training(); a < pairs.points(); a++) {
      int row = a * f.cols() + from;
      out[start + pairs.own(a)] = scale * Products.dot(data, row, data, row, to - from);
    }
  }

  /** C_b + (C_W/n) Σ_j σ_jσ_j of hidden layer h, the kernel of the layer above, on the pairs. */
  double[] kernel(int h) {
    return kernels[h];
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

  /**
   * Of every layer its blocks' parts of X, one after the other, each on the pairs. While a draw is
   * watched, of the layers so far and carried as far.
   */
  double[][] blocks() {
    return blocks;
  }
}
