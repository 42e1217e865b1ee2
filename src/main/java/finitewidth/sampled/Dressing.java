package finitewidth.sampled;

import finitewidth.flow.InputKernel;
import finitewidth.flow.SampleFlow;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPoint;
import finitewidth.linalg.Matrix;
import java.io.Serializable;

/**
 * T[X]_ab = P_ab X_ab + Q_ab X_aa + Q_ba X_bb over the training samples (THEORY section 2).
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
    Matrix p = Matrix.zeros(n, n);
    Matrix q = Matrix.zeros(n, n);
    InputKernel input = new InputKernel(flow.architecture(), flow.inputs().cols());
    TwoPoint pair = new TwoPoint();
    double[] first = firstDerivatives(flow);
    for (int a = 0; a < n; a++) {
      p.set(a, a, flow.p(0).get(a, a) * first[a]);
      for (int b = 0; b < a; b++) {
        double distance = input.distance(flow.inputs(), a, flow.inputs(), b);
        Matrix k = flow.kernel(0);
        flow.architecture()
            .activation()
            .twoPoint(k.get(a, a), k.get(b, b), k.get(a, b), distance, pair);
        double above = flow.p(0).get(a, b);
        p.set(a, b, above * pair.dc);
        p.set(b, a, above * pair.dc);
        q.set(a, b, above * pair.d1 + flow.q(0).get(a, b) * first[a]);
        q.set(b, a, above * pair.d2 + flow.q(0).get(b, a) * first[b]);
      }
    }
    return new Dressing(p, q);
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
    int n = b.rows();
    Matrix pulled = Matrix.zeros(n, n);
    for (int a = 0; a < n; a++) {
      double diagonal = 0;
      for (int c = 0; c < n; c++) {
        pulled.set(a, c, p.get(a, c) * b.get(a, c));
        diagonal += q.get(a, c) * b.get(a, c);
      }
      pulled.add(a, a, 2 * diagonal);
    }
    return pulled;
  }
}
