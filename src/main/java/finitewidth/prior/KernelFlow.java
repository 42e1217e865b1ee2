package finitewidth.prior;

import finitewidth.linalg.Matrix;

/**
 * The output's NNGP kernel of a set of samples as a function of the prior's variances and of the
 * inputs, with its derivatives in reverse mode. O(N² H) time, O(N²) memory whatever the depth.
 *
 * <p>K^{l+1}_ab = C_b + C_W F(K^l_aa, K^l_ab, K^l_bb) needs no other pair, so a pair goes back
 * through the layers on its own as well: with g^{l+1} the derivative of some number in K^{l+1},
 * g^l_ab = C_W F_12 g^{l+1}_ab, and the diagonal collects C_W F_11 g^{l+1}_ab of all its pairs.
 * That is the adjoint of the step D (docs/theory.md#unrolled-form). The forward flow is worked out
 * anew on the way back, which costs less than keeping it.
 */
public final class KernelFlow {
  private final Architecture architecture;
  private final Matrix inputs;
  private final PointFlow[] points;
  private final SampleRun[] runs;
  private final Matrix kernel;

  private KernelFlow(Architecture architecture, Matrix inputs) {
    this.architecture = architecture;
    this.inputs = inputs;
    int n = inputs.rows();
    InputKernel input = new InputKernel(architecture, inputs.cols());
    points = new PointFlow[n];
    for (int a = 0; a < n; a++) {
      points[a] = PointFlow.of(architecture, input.variance(inputs.data(), a * inputs.cols()));
    }
    runs = SampleRun.of(architecture, inputs, points);
    kernel = Matrix.zeros(n, n);
  }

  /**
   * Follows the rows of a design matrix.
   *
   * @param inputs N × n_0, one sample a row, at least one row and one column
   */
  public static KernelFlow of(Architecture architecture, Matrix inputs) {
    KernelFlow flow = new KernelFlow(architecture, inputs);
    int hidden = architecture.hiddenLayers();
    flow.forEachPair(
        (row, a, from, count) ->
            System.arraycopy(
                row.kernel(hidden), 0, flow.kernel.data(), a * flow.size() + from, count));
    flow.mirror();
    return flow;
  }

  private interface Visitor {
    /** Pairs of sample a with count samples from {@code from} on, all before a. */
    void visit(RowFlow row, int a, int from, int count);
  }

  private void forEachPair(Visitor visitor) {
    RowFlow row = new RowFlow(architecture, inputs.cols(), false);
    for (SampleRun run : runs) {
      for (int a = run.from() + 1; a < size(); a++) {
        int count = Math.min(run.length(), a - run.from());
        row.followMaps(points[a], inputs.data(), a * inputs.cols(), run, count);
        visitor.visit(row, a, run.from(), count);
      }
    }
  }

  private void mirror() {
    int n = size();
    double[] data = kernel.data();
    for (int a = 0; a < n; a++) {
      data[a * n + a] = points[a].kernel(architecture.hiddenLayers());
      for (int b = 0; b < a; b++) {
        data[b * n + a] = data[a * n + b];
      }
    }
  }

  /** N. */
  public int size() {
    return points.length;
  }

  /** The output's kernel K, N × N. */
  public Matrix kernel() {
    return kernel;
  }

  /**
   * The derivatives of a number f, from its derivatives in the elements of the output's kernel.
   *
   * @param outer G_ab = ∂f/∂K_ab with K_ab and K_ba counted apart, N × N, symmetric
   */
  public KernelGradient gradient(Matrix outer) {
    return gradient(outer, new double[architecture.hiddenLayers()][size()]);
  }

  /**
   * The same where f depends on the samples' own kernels in hidden layers too.
   *
   * @param inner ∂f/∂K^l_aa as far as f is not a function of the output's kernel, by hidden layer
   *     and sample; used up
   */
  public KernelGradient gradient(Matrix outer, double[][] inner) {
    int n = size();
    if (outer.rows() != n || outer.cols() != n) {
      throw new IllegalArgumentException(
          "expected " + n + " × " + n + ", not " + outer.rows() + " × " + outer.cols());
    }
    BackwardSums sums = new BackwardSums(architecture);
    Matrix first = Matrix.zeros(n, n);
    double[] pair = new double[SampleRun.LENGTH];
    forEachPair(
        (row, a, from, count) -> {
          // Both (a, b) and (b, a) of each pair.
          for (int i = 0; i < count; i++) {
            pair[i] = 2 * outer.data()[a * n + from + i];
          }
          PairTape tape = PairTape.of(row, architecture.hiddenLayers());
          sums.pairs(tape, 0, pair, 0, count, inner, a, inner, from);
          for (int i = 0; i < count; i++) {
            first.data()[a * n + from + i] = pair[i] / 2;
            first.data()[(from + i) * n + a] = pair[i] / 2;
          }
        });
    for (int a = 0; a < n; a++) {
      first.set(a, a, sums.point(points[a], outer.get(a, a), inner, a));
    }
    return new KernelGradient(sums.biasVariance(), sums.weightVariance(), first);
  }
}
