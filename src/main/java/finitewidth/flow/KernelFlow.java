package finitewidth.flow;

import finitewidth.linalg.Matrix;

/**
 * The output's NNGP kernel of a set of samples as a function of the prior's variances and of the
 * inputs, with its derivatives in reverse mode. O(N² H) time, O(N²) memory whatever the depth.
 *
 * <p>K^{l+1}_ab = C_b + C_W F(K^l_aa, K^l_ab, K^l_bb) needs no other pair, so a pair goes back
 * through the layers on its own as well: with g^{l+1} the derivative of some number in K^{l+1},
 * g^l_ab = C_W F_12 g^{l+1}_ab, and the diagonal collects C_W F_11 g^{l+1}_ab of all its pairs.
 * That is the adjoint of the step D (THEORY section 2). The forward flow is worked out anew on the
 * way back, which costs less than keeping it.
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
        row.follow(points[a], inputs.data(), a * inputs.cols(), run, count);
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
    return new BackwardPass(outer).run();
  }

  /** One way back. */
  private final class BackwardPass {
    private final int hidden = architecture.hiddenLayers();
    private final Matrix outer;

    /** Of each layer: Σ g_ab, and Σ g_ab F_ab with F the moment it is made of. */
    private final double[] sums = new double[hidden + 1];

    private final double[] momentSums = new double[hidden + 1];

    /** By layer and sample: what the diagonal collects from pairs above. */
    private final double[][] diagonal = new double[hidden + 1][size()];

    private final Matrix first;
    private final double[] pair = new double[SampleRun.LENGTH];

    BackwardPass(Matrix outer) {
      if (outer.rows() != size() || outer.cols() != size()) {
        throw new IllegalArgumentException(
            "expected " + size() + " × " + size() + ", not " + outer.rows() + " × " + outer.cols());
      }
      this.outer = outer;
      first = Matrix.zeros(size(), size());
    }

    KernelGradient run() {
      forEachPair(this::back);
      for (int a = 0; a < size(); a++) {
        back(a);
      }
      return new KernelGradient(sums, momentSums, first);
    }

    /** Both (a, b) and (b, a) of each pair. */
    private void back(RowFlow row, int a, int from, int count) {
      int n = size();
      for (int i = 0; i < count; i++) {
        pair[i] = 2 * outer.data()[a * n + from + i];
      }
      for (int l = hidden; l > 0; l--) {
        double weight = architecture.weightVariance(l);
        double[] mean = row.moment(l - 1);
        double[] d1 = row.map(l - 1).d1;
        double[] d2 = row.map(l - 1).d2;
        double[] dc = row.map(l - 1).dc;
        double[] below = diagonal[l - 1];
        double sum = 0;
        double momentSum = 0;
        double own = 0;
        for (int i = 0; i < count; i++) {
          double g = pair[i];
          sum += g;
          momentSum += g * mean[i];
          own += g * d1[i];
          below[from + i] += weight * g * d2[i];
          pair[i] = weight * g * dc[i];
        }
        sums[l] += sum;
        momentSums[l] += momentSum;
        below[a] += weight * own;
      }
      // The kernel of the inputs is C_b + C_W x·x / n_0.
      double bias = architecture.biasVariance(0);
      double weight = architecture.weightVariance(0);
      double[] inputKernel = row.kernel(0);
      for (int i = 0; i < count; i++) {
        double g = pair[i];
        sums[0] += g;
        momentSums[0] += g * (inputKernel[i] - bias) / weight;
        first.data()[a * n + from + i] = g / 2;
        first.data()[(from + i) * n + a] = g / 2;
      }
    }

    private void back(int a) {
      PointFlow point = points[a];
      double g = outer.get(a, a) + diagonal[hidden][a];
      for (int l = hidden; l > 0; l--) {
        sums[l] += g;
        momentSums[l] += g * point.moment(l - 1);
        g = point.step(l - 1) * g + diagonal[l - 1][a];
      }
      sums[0] += g;
      momentSums[0] +=
          g * (point.kernel(0) - architecture.biasVariance(0)) / architecture.weightVariance(0);
      first.set(a, a, g);
    }
  }
}
