package finitewidth.inference.ensemble;

import finitewidth.linalg.LowerRoot;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import finitewidth.prior.SampleFlow;
import java.io.Serializable;

/**
 * What all draws share, whatever the widths: points, targets, kernels and posterior of infinite
 * width. Immutable; what is broadcast. O((P + T) P H) numbers.
 */
public final class EnsembleProblem implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Architecture architecture;
  private final Pairs pairs;
  private final Matrix targets;
  private final double noise;
  private final Matrix inputRoot;
  private final double[] firstMoment;
  private final LayerStep[] steps;
  private final Reference reference;

  /** K of the layer above each hidden layer, by pairs of training points; of none if not wanted. */
  private final double[][] hiddenKernels;

  /** The same without hidden kernels. */
  public EnsembleProblem(
      Architecture architecture, Matrix training, Matrix targets, double noise, Matrix tests) {
    this(architecture, training, targets, noise, tests, false);
  }

  /**
   * @param training P × n_0, preprocessed
   * @param targets P × m, preprocessed
   * @param noise s², not negative
   * @param tests T × n_0, preprocessed
   * @param hiddenKernels whether draws are asked for the kernels of their hidden layers too
   * @throws finitewidth.linalg.NotPositiveDefiniteException if K_RR + s² is singular
   */
  public EnsembleProblem(
      Architecture architecture,
      Matrix training,
      Matrix targets,
      double noise,
      Matrix tests,
      boolean hiddenKernels) {
    this.architecture = architecture;
    this.targets = targets;
    this.noise = noise;
    pairs = new Pairs(training.rows(), tests.rows());
    Matrix all = stacked(training, tests);
    inputRoot =
        root(all, architecture.weightVariance(0) / all.cols(), architecture.biasVariance(0));
    SampleFlow flow = SampleFlow.of(architecture, all);
    firstMoment = pairs.of(flow.moment(0));
    steps = new LayerStep[architecture.hiddenLayers()];
    for (int h = 1; h < steps.length; h++) {
      steps[h] = LayerStep.of(architecture, h, pairs, pairs.of(flow.kernel(h)));
    }
    double[] kernel = pairs.of(flow.kernel(architecture.hiddenLayers()));
    reference = Reference.of(pairs, kernel, targets, noise);
    this.hiddenKernels = new double[hiddenKernels ? architecture.hiddenLayers() : 0][];
    for (int h = 0; h < this.hiddenKernels.length; h++) {
      this.hiddenKernels[h] = pairs.triangle(pairs.of(flow.kernel(h + 1)), 0);
    }
  }

  private static Matrix stacked(Matrix top, Matrix bottom) {
    Matrix all = Matrix.zeros(top.rows() + bottom.rows(), top.cols());
    System.arraycopy(top.data(), 0, all.data(), 0, top.data().length);
    System.arraycopy(bottom.data(), 0, all.data(), top.data().length, bottom.data().length);
    return all;
  }

  /**
   * R with R·Rᵀ = C_b + scale·H·Hᵀ, M × r, with r at most M: weights acting on H are as many normal
   * deviates acting on R.
   */
  static Matrix root(Matrix h, double scale, double bias) {
    int cols = h.cols() + (bias > 0 ? 1 : 0);
    Matrix root = Matrix.zeros(h.rows(), cols);
    double factor = Math.sqrt(scale);
    for (int a = 0; a < h.rows(); a++) {
      for (int k = 0; k < h.cols(); k++) {
        root.set(a, k, factor * h.get(a, k));
      }
      if (bias > 0) {
        root.set(a, cols - 1, Math.sqrt(bias));
      }
    }
    return cols > h.rows() ? LowerRoot.of(root) : root;
  }

  public Architecture architecture() {
    return architecture;
  }

  Pairs pairs() {
    return pairs;
  }

  Quantities quantities() {
    return new Quantities(pairs.tests(), targets.cols(), pairs.training(), hiddenKernels.length);
  }

  /** P × m. */
  public Matrix targets() {
    return targets;
  }

  /** s². */
  public double noise() {
    return noise;
  }

  /** A root of the first layer's kernel. */
  public Matrix inputRoot() {
    return inputRoot;
  }

  /** F of the first hidden layer. */
  public double[] firstMoment() {
    return firstMoment;
  }

  /** The map through hidden layer h, h ≥ 1. */
  LayerStep step(int h) {
    return steps[h];
  }

  Reference reference() {
    return reference;
  }

  /** Whether draws are asked for the kernels of their hidden layers too. */
  public boolean hasHiddenKernels() {
    return hiddenKernels.length > 0;
  }

  /** K of the layer above hidden layer h, by pairs of training points. */
  double[] hiddenKernel(int h) {
    return hiddenKernels[h];
  }

  /** P. */
  public int training() {
    return pairs.training();
  }

  /** T. */
  public int tests() {
    return pairs.tests();
  }

  /** m. */
  public int outputs() {
    return targets.cols();
  }
}
