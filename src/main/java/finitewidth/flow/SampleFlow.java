package finitewidth.flow;

import finitewidth.linalg.Matrix;
import java.io.Serializable;

/**
 * All pairs of a set of N samples, followed through all layers: what the four-point sources and
 * their dressing need (THEORY section 2). O(N² H) time and memory.
 */
public final class SampleFlow implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Architecture architecture;
  private final Matrix inputs;
  private final PointFlow[] points;
  private final Matrix[] kernel;
  private final Matrix[] moment;
  private final Matrix[] p;
  private final Matrix[] q;

  private SampleFlow(Architecture architecture, Matrix inputs) {
    this.architecture = architecture;
    this.inputs = inputs;
    int n = inputs.rows();
    int hidden = architecture.hiddenLayers();
    points = new PointFlow[n];
    kernel = zeros(hidden + 1, n);
    moment = zeros(hidden, n);
    p = zeros(hidden, n);
    q = zeros(hidden, n);
  }

  private static Matrix[] zeros(int count, int n) {
    Matrix[] matrices = new Matrix[count];
    for (int i = 0; i < count; i++) {
      matrices[i] = Matrix.zeros(n, n);
    }
    return matrices;
  }

  /**
   * Follows the rows of a design matrix.
   *
   * @param inputs N × n_0, one sample a row, at least one row and one column
   */
  public static SampleFlow of(Architecture architecture, Matrix inputs) {
    SampleFlow flow = new SampleFlow(architecture, inputs);
    InputKernel input = new InputKernel(architecture, inputs.cols());
    PairFlow pair = new PairFlow(architecture);
    for (int a = 0; a < flow.size(); a++) {
      flow.points[a] = PointFlow.of(architecture, input.kernel(inputs, a, inputs, a));
      flow.storeDiagonal(a);
      for (int b = 0; b < a; b++) {
        pair.follow(
            flow.points[a],
            flow.points[b],
            input.kernel(inputs, a, inputs, b),
            input.distance(inputs, a, inputs, b));
        flow.store(a, b, pair);
      }
    }
    return flow;
  }

  private void storeDiagonal(int a) {
    for (int l = 0; l < kernel.length; l++) {
      kernel[l].set(a, a, points[a].kernel(l));
    }
    for (int h = 0; h < moment.length; h++) {
      moment[h].set(a, a, points[a].moment(h));
      p[h].set(a, a, points[a].dressing(h));
    }
  }

  private void store(int a, int b, PairFlow pair) {
    for (int l = 0; l < kernel.length; l++) {
      kernel[l].set(a, b, pair.kernel(l));
      kernel[l].set(b, a, pair.kernel(l));
    }
    for (int h = 0; h < moment.length; h++) {
      moment[h].set(a, b, pair.moment(h));
      moment[h].set(b, a, pair.moment(h));
      p[h].set(a, b, pair.p(h));
      p[h].set(b, a, pair.p(h));
      q[h].set(a, b, pair.qab(h));
      q[h].set(b, a, pair.qba(h));
    }
  }

  public Architecture architecture() {
    return architecture;
  }

  /** The design matrix, N × n_0. */
  public Matrix inputs() {
    return inputs;
  }

  /** N. */
  public int size() {
    return points.length;
  }

  public PointFlow point(int a) {
    return points[a];
  }

  /** K of layer l, N×N; l = H is the output's NNGP kernel. */
  public Matrix kernel(int l) {
    return kernel[l];
  }

  /** F_ab = ⟨σ_aσ_b⟩ in hidden layer h, N×N. */
  public Matrix moment(int h) {
    return moment[h];
  }

  /** P_ab of T^s, symmetric, N×N. */
  public Matrix p(int s) {
    return p[s];
  }

  /** Q_ab of T^s at (a, b): the weight of X_aa in T_ab[X]; zero on the diagonal. */
  public Matrix q(int s) {
    return q[s];
  }
}
