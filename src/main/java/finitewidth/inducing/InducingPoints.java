package finitewidth.inducing;

import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.prior.Architecture;
import finitewidth.prior.KernelRow;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Inducing points Z with the factor of their kernel, K_uu = L Lᵀ. Immutable; broadcast. */
public final class InducingPoints implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The variance of the noise of {@link #blurred} points over that of the function there. It adds
   * no more than itself, times |w_x|², to what the points leave open of a row's variance, and costs
   * the factor of K_uu no more than half its digits.
   */
  public static final double BLUR = 1e-10;

  private final Architecture network;
  private final Matrix inputs;
  private final Cholesky factor;
  private final List<Integer> dropped;

  private InducingPoints(
      Architecture network, Matrix inputs, Cholesky factor, List<Integer> dropped) {
    this.network = network;
    this.inputs = inputs;
    this.factor = factor;
    this.dropped = dropped;
  }

  /**
   * Makes points of candidates. Those that depend on the others to working precision, duplicates
   * among them, are dropped; the rest is in the order of {@link ConditionalVariances}.
   *
   * @param candidates one or more, × n_0, preprocessed
   */
  public static InducingPoints of(Architecture network, Matrix candidates) {
    int[] chosen = ConditionalVariances.choose(network, candidates, candidates.rows());
    BitSet kept = new BitSet();
    Arrays.stream(chosen).forEach(kept::set);
    Matrix inputs =
        Matrix.copyOf(Arrays.stream(chosen).mapToObj(candidates::row).toArray(double[][]::new));
    return new InducingPoints(
        network,
        inputs,
        Cholesky.of(kernel(network, inputs)),
        IntStream.range(0, candidates.rows()).filter(x -> !kept.get(x)).boxed().toList());
  }

  /**
   * Points that are observed with a little noise: the inducing variables are f(z) + ε, ε with
   * {@link #BLUR} of the variance of f(z). That is as good a choice of variables as f(z) itself,
   * with a bound on the evidence that is one, and it is a smooth function of the prior wherever
   * points come to depend on one another.
   *
   * @param inputs Z, u × n_0; none is dropped
   * @param kernel k(Z, Z), u × u
   * @throws finitewidth.linalg.NotPositiveDefiniteException if the kernel is not what it says
   */
  public static InducingPoints blurred(Architecture network, Matrix inputs, Matrix kernel) {
    Matrix blurred = kernel.copy();
    for (int a = 0; a < kernel.rows(); a++) {
      blurred.set(a, a, (1 + BLUR) * kernel.get(a, a));
    }
    return new InducingPoints(network, inputs, Cholesky.of(blurred), List.of());
  }

  private static Matrix kernel(Architecture network, Matrix inputs) {
    int u = inputs.rows();
    Matrix kernel = Matrix.zeros(u, u);
    KernelRow rows = KernelRow.of(network, inputs);
    for (int a = 0; a < u; a++) {
      kernel.set(a, a, rows.follow(inputs.row(a), kernel.data(), a * u));
    }
    // One triangle decides, so that K is symmetric to the last bit.
    for (int a = 0; a < u; a++) {
      for (int b = 0; b < a; b++) {
        kernel.set(b, a, kernel.get(a, b));
      }
    }
    return kernel;
  }

  /** The prior. */
  public Architecture network() {
    return network;
  }

  /** Z, u × n_0. */
  public Matrix inputs() {
    return inputs;
  }

  /** u. */
  public int size() {
    return inputs.rows();
  }

  /** L. */
  public Cholesky factor() {
    return factor;
  }

  /** The candidates that depended on others, by their place among the candidates. */
  public List<Integer> dropped() {
    return dropped;
  }

  /**
   * The derivative of a number in the kernel k(Z, Z) of {@link #blurred} points, −½ L⁻ᵀ G L⁻¹ but
   * for the noise.
   *
   * @param byInner G = Σ v̄ vᵀ over rows, with v = L⁻¹k and v̄ the derivative in it, u × u,
   *     symmetric
   */
  public Matrix byKernel(Matrix byInner) {
    Matrix left = factor.solveUpper(byInner);
    Matrix both = factor.solveUpper(left.transpose());
    for (int a = 0; a < size(); a++) {
      for (int b = 0; b < a; b++) {
        double mean = -0.25 * (both.get(a, b) + both.get(b, a));
        both.set(a, b, mean);
        both.set(b, a, mean);
      }
      both.set(a, a, -0.5 * (1 + BLUR) * both.get(a, a));
    }
    return both;
  }

  /** A projector for one thread. */
  public Projector projector() {
    return new Projector(this);
  }
}
