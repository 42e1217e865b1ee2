package finitewidth.inducing;

import finitewidth.flow.Architecture;
import finitewidth.flow.KernelRow;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Inducing points Z with the factor of their kernel, K_uu = L Lᵀ. Immutable; broadcast. */
public final class InducingPoints implements Serializable {
  private static final long serialVersionUID = 1L;

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
   * The same points, all of them, under another prior.
   *
   * @throws finitewidth.linalg.NotPositiveDefiniteException if some depend on others there
   */
  public InducingPoints under(Architecture other, Matrix otherInputs) {
    return new InducingPoints(
        other, otherInputs, Cholesky.of(kernel(other, otherInputs)), List.of());
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

  /** A projector for one thread. */
  public Projector projector() {
    return new Projector(this);
  }
}
