package finitewidth.inference.adaptive;

import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import finitewidth.linalg.Products;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelFlow;
import java.util.Arrays;
import java.util.List;

/**
 * What the Gram matrices of a deep kernel machine maximise (docs/theory.md#deep-kernel-machines):
 *
 * <p>J = log N(Y; 0, κ(G_H) + s²) − Σ_l (n_l/2)(tr M_l − log det M_l − d_l) with κ_l(G) = C_b + C_W
 * F(G) and G_l = R_l M_l R_lᵀ, R_1 the features and R_{l+1} the lower Cholesky factor of κ_l(G_l).
 * Unknowns are T_l with M_l = T_l T_lᵀ, layer by layer. The value is −J. O(P³) a layer.
 *
 * @param prior the network
 * @param features of the training rows, P × r
 * @param targets P × m
 * @param noise s²
 * @param widths n of each layer
 */
record GramObjective(
    Architecture prior, Matrix features, Matrix targets, double noise, double[] widths)
    implements Search.Objective {

  /** Rows of T of a layer. */
  private int rows(int l) {
    return l == 0 ? features.cols() : features.rows();
  }

  private int offset(int l) {
    int offset = 0;
    for (int below = 0; below < l; below++) {
      offset += Triangle.size(rows(below));
    }
    return offset;
  }

  @Override
  public List<double[]> starts() {
    return List.of(new double[offset(widths.length)]);
  }

  @Override
  public double[] bounds() {
    double[] bounds = new double[offset(widths.length)];
    for (int l = 0; l < widths.length; l++) {
      Triangle.bounds(bounds, offset(l), rows(l));
    }
    return bounds;
  }

  @Override
  public double narrowest() {
    return Arrays.stream(widths).min().orElseThrow();
  }

  /** T of a layer. */
  Matrix root(double[] x, int l) {
    return Triangle.read(x, offset(l), rows(l));
  }

  /**
   * The network of one hidden layer that is layer l of another one.
   *
   * @param inputs elements of u, of which its first kernel is the inner product
   */
  static Architecture layer(Architecture prior, int l, int inputs) {
    return Architecture.of(
        prior.activation(),
        new double[] {0, prior.biasVariance(l + 1)},
        new double[] {inputs, prior.weightVariance(l + 1)});
  }

  /** A lower Cholesky factor as a matrix. */
  static Matrix lower(Cholesky cholesky) {
    Matrix lower = cholesky.factor().transpose();
    int n = lower.rows();
    for (int i = 0; i < n; i++) {
      Arrays.fill(lower.data(), i * n + i + 1, (i + 1) * n, 0);
    }
    return lower;
  }

  /** A layer on the way up. */
  private record Layer(Matrix factor, Matrix root, Matrix inputs, KernelFlow flow) {}

  @Override
  public double at(double[] x, double[] gradient) {
    int count = widths.length;
    Layer[] layers = new Layer[count];
    Cholesky[] factors = new Cholesky[count];
    NngpPosterior nngp;
    double penalty = 0;
    try {
      Matrix factor = features;
      for (int l = 0; l < count; l++) {
        if (l > 0) {
          factors[l] = Cholesky.of(layers[l - 1].flow().kernel());
          factor = lower(factors[l]);
        }
        Matrix root = root(x, l);
        Matrix inputs = Products.times(factor, root);
        layers[l] =
            new Layer(factor, root, inputs, KernelFlow.of(layer(prior, l, inputs.cols()), inputs));
        penalty += 0.5 * widths[l] * Triangle.distance(root);
      }
      nngp = NngpPosterior.of(layers[count - 1].flow().kernel(), targets, noise);
    } catch (NumericsException e) {
      Arrays.fill(gradient, 0);
      return Double.POSITIVE_INFINITY;
    }
    Matrix outer = NngpPosterior.dataMinusTrace(nngp.phi(), nngp.inverse());
    for (int k = 0; k < outer.data().length; k++) {
      outer.data()[k] *= 0.5;
    }
    for (int l = count - 1; l >= 0; l--) {
      Layer layer = layers[l];
      Matrix byInputs = Products.times(layer.flow().gradient(outer).inputKernel(), layer.inputs());
      Matrix byRoot = Products.transposeTimes(layer.factor(), byInputs);
      Triangle.gradient(layer.root(), byRoot, widths[l], gradient, offset(l));
      if (l > 0) {
        outer = throughFactor(factors[l], Products.timesTranspose(byInputs, layer.root()));
      }
    }
    return penalty - nngp.logEvidence();
  }

  /**
   * From the derivative in R to that in K = RRᵀ: ½ R⁻ᵀ (X + Xᵀ) R⁻¹, X the lower part of Rᵀ ∂f/∂R
   * with half of its diagonal.
   *
   * @param half half of ∂f/∂R, of which the lower part counts
   */
  private static Matrix throughFactor(Cholesky factor, Matrix half) {
    int n = half.rows();
    for (int i = 0; i < n; i++) {
      Arrays.fill(half.data(), i * n + i + 1, (i + 1) * n, 0);
    }
    Matrix product = factor.upperTimes(half);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        product.set(j, i, product.get(i, j));
      }
    }
    Matrix whole = factor.solveUpper(factor.solveUpper(product).transpose());
    // To the last bit, as rounding leaves it almost.
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double mean = 0.5 * (whole.get(i, j) + whole.get(j, i));
        whole.set(i, j, mean);
        whole.set(j, i, mean);
      }
    }
    return whole;
  }
}
