package finitewidth.prior;

import finitewidth.linalg.Matrix;
import java.io.Serializable;

/**
 * All pairs of a set of N samples, followed through all layers: what the four-point sources and
 * their dressing need (docs/theory.md#layer-recursion). O(N² H) time and memory.
 */
public final class SampleFlow implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows computed before their columns are filled: two cache lines of every column at a time. */
  private static final int PANEL = 16;

  private final Architecture architecture;
  private final Matrix inputs;
  private final PointFlow[] points;
  private final SampleRun[] runs;
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
    InputKernel input = new InputKernel(architecture, inputs.cols());
    for (int a = 0; a < n; a++) {
      double variance = input.variance(inputs.data(), a * inputs.cols());
      points[a] = PointFlow.of(architecture, variance);
    }
    runs = SampleRun.of(architecture, inputs, points);
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
    RowFlow row = new RowFlow(architecture, inputs.cols(), false);
    int n = flow.size();
    double[][] panelQ = new double[architecture.hiddenLayers()][PANEL * n];
    for (int top = 0; top < n; top += PANEL) {
      int end = Math.min(top + PANEL, n);
      for (SampleRun run : flow.runs) {
        for (int a = Math.max(top, run.from() + 1); a < end; a++) {
          int count = Math.min(run.length(), a - run.from());
          row.follow(flow.points[a], inputs.data(), a * inputs.cols(), run, count);
          flow.storeRow(row, a, run.from(), count, panelQ, (a - top) * n);
        }
      }
      flow.mirror(top, end, panelQ);
    }
    for (int a = 0; a < n; a++) {
      flow.storeDiagonal(a);
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

  private void storeRow(RowFlow row, int a, int from, int count, double[][] panelQ, int panelRow) {
    int at = a * size() + from;
    for (int l = 0; l < kernel.length; l++) {
      System.arraycopy(row.kernel(l), 0, kernel[l].data(), at, count);
    }
    for (int h = 0; h < moment.length; h++) {
      System.arraycopy(row.moment(h), 0, moment[h].data(), at, count);
      System.arraycopy(row.p(h), 0, p[h].data(), at, count);
      System.arraycopy(row.qx(h), 0, q[h].data(), at, count);
      System.arraycopy(row.qr(h), 0, panelQ[h], panelRow + from, count);
    }
  }

  /** Fills the columns top … end − 1 above the diagonal. */
  private void mirror(int top, int end, double[][] panelQ) {
    int panel = top * size();
    for (Matrix k : kernel) {
      mirror(k.data(), panel, k.data(), top, end);
    }
    for (int h = 0; h < moment.length; h++) {
      mirror(moment[h].data(), panel, moment[h].data(), top, end);
      mirror(p[h].data(), panel, p[h].data(), top, end);
      mirror(panelQ[h], 0, q[h].data(), top, end);
    }
  }

  private void mirror(double[] from, int panel, double[] to, int top, int end) {
    int n = size();
    for (int b = 0; b + 1 < end; b++) {
      for (int a = Math.max(top, b + 1); a < end; a++) {
        to[b * n + a] = from[panel + (a - top) * n + b];
      }
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

  SampleRun[] runs() {
    return runs;
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
