package finitewidth.inference.montecarlo;

import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPointRow;
import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.SampleRow;
import java.io.Serializable;
import java.util.Arrays;

/**
 * T[X]_ab = P_ab X_ab + Q_ab X_aa + Q_ba X_bb over the training samples
 * (docs/theory.md#unrolled-form).
 *
 * @param p symmetric, P × P
 * @param q at (a, b) the weight of X_aa; zero on the diagonal
 */
record Dressing(Matrix p, Matrix q) implements Serializable {

  /** From the activations of hidden layer s to the output: T^s. */
  static Dressing ofActivations(SampleFlow flow, int s) {
    return new Dressing(flow.p(s), flow.q(s));
  }

  /**
   * From the preactivations of hidden layer s to the output, without the C_W of layer s + 1: T^s of
   * the derivative of F^s = ⟨σσ⟩ in the kernel K^s. For s &gt; 0 this is T^{s−1} / C_W.
   */
  static Dressing ofPreactivations(SampleFlow flow, int s) {
    if (s > 0) {
      double scale = 1 / flow.architecture().weightVariance(s + 1);
      return new Dressing(scaled(flow.p(s - 1), scale), scaled(flow.q(s - 1), scale));
    }
    int n = flow.size();
    int features = flow.inputs().cols();
    double[] inputs = flow.inputs().data();
    Matrix p = Matrix.zeros(n, n);
    Matrix q = Matrix.zeros(n, n);
    SampleRow row = new SampleRow(flow);
    TwoPointRow pairs = new TwoPointRow(n, false);
    for (int a = 0; a < n; a++) {
      pairs.k22[a] = flow.kernel(0).get(a, a);
    }
    double[] first = firstDerivatives(flow);
    for (int a = 0; a < n; a++) {
      row.follow(Arrays.copyOfRange(inputs, a * features, (a + 1) * features));
      firstLayer(flow, row, pairs);
      for (int b = 0; b < n; b++) {
        double above = flow.p(0).get(a, b);
        p.set(a, b, above * pairs.dc[b]);
        q.set(a, b, above * pairs.d1[b] + flow.q(0).get(a, b) * first[a]);
      }
      p.set(a, a, flow.p(0).get(a, a) * first[a]);
      q.set(a, a, 0);
    }
    return new Dressing(p, q);
  }

  /** The two-point functions of the row with all samples in the first hidden layer; K_rr is set. */
  static void firstLayer(SampleFlow flow, SampleRow row, TwoPointRow pairs) {
    int n = flow.size();
    pairs.k11 = row.point().kernel(0);
    System.arraycopy(row.kernel(0), 0, pairs.k12, 0, n);
    System.arraycopy(row.separation(), 0, pairs.separation, 0, n);
    flow.architecture().activation().twoPoint(pairs, n);
  }

  /** d⟨σ²⟩/dK_aa in the first hidden layer. */
  static double[] firstDerivatives(SampleFlow flow) {
    OnePoint point = new OnePoint();
    double[] first = new double[flow.size()];
    for (int a = 0; a < first.length; a++) {
      flow.architecture().activation().onePoint(flow.kernel(0).get(a, a), point);
      first[a] = point.first;
    }
    return first;
  }

  private static Matrix scaled(Matrix matrix, double factor) {
    Matrix result = matrix.copy();
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] *= factor;
    }
    return result;
  }

  /** T[X] of a symmetric X. */
  Matrix apply(Matrix x) {
    int n = x.rows();
    Matrix dressed = Matrix.zeros(n, n);
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        dressed.set(
            a,
            b,
            p.get(a, b) * x.get(a, b) + q.get(a, b) * x.get(a, a) + q.get(b, a) * x.get(b, b));
      }
    }
    return dressed;
  }

  /** The adjoint, P∘B + diag(2 Σ_c Q_ac B_ac) of a symmetric B: B:T[X] = pullBack(B):X. */
  Matrix pullBack(Matrix b) {
    return ContractionProblem.pullBack(b, p, q);
  }
}
