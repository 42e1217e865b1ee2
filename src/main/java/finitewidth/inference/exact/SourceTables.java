package finitewidth.inference.exact;

import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.prior.SampleFlow;

/**
 * What the loops over one source layer's moments read, laid out for them: N × N matrices in rows of
 * {@link #stride} numbers, zeros behind the N. Immutable; threads share it.
 */
final class SourceTables {
  final int n;
  final int stride;
  final double[] p;
  final double[] q;
  final double[] f;

  /** P∘F. */
  final double[] pf;

  /**
   * What moments are multiplied with, by quantity: twice B^s for the undressed ones of G1, then X
   * for the dressed ones of each G2[X].
   */
  final double[][] weights;

  private SourceTables(SampleFlow flow, int s, double[][] weights) {
    this.n = flow.size();
    this.stride = stride(n);
    this.p = padded(flow.p(s));
    this.q = padded(flow.q(s));
    this.f = padded(flow.moment(s));
    this.pf = p.clone();
    for (int i = 0; i < pf.length; i++) {
      pf[i] *= f[i];
    }
    this.weights = weights;
  }

  static SourceTables[] of(ContractionProblem problem) {
    double[][] weights = new double[1 + problem.crossWeights()][];
    for (int x = 0; x < problem.crossWeights(); x++) {
      weights[1 + x] = padded(problem.crossWeight(x));
    }
    SourceTables[] tables = new SourceTables[problem.sources()];
    for (int s = 0; s < tables.length; s++) {
      double[][] own = weights.clone();
      own[0] = padded(problem.pulledBack(s));
      for (int i = 0; i < own[0].length; i++) {
        own[0][i] *= 2;
      }
      tables[s] = new SourceTables(problem.flow(), s, own);
    }
    return tables;
  }

  /**
   * Room for N numbers, one more, and the rest of a group wherever it begins; an odd number of
   * groups, lest all rows of some N fall on the same cache lines.
   */
  private static int stride(int n) {
    int groups = PanelLoops.roundUp(n + PanelLoops.GROUP) / PanelLoops.GROUP;
    return (groups | 1) * PanelLoops.GROUP;
  }

  private static double[] padded(Matrix matrix) {
    int n = matrix.rows();
    int stride = stride(n);
    double[] table = new double[Math.multiplyExact(n, stride)];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix.data(), i * n, table, i * stride, n);
    }
    return table;
  }
}
