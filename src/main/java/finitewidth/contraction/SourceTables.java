package finitewidth.contraction;

import finitewidth.flow.SampleFlow;
import finitewidth.gaussian.FourPoint;
import finitewidth.linalg.Matrix;

/** What the loops over one source layer's moments read, laid out for them; for one thread. */
final class SourceTables {
  final int n;
  final FourPoint fourPoint;
  final double[] p;
  final double[] q;
  final double[] f;
  final double[] b;

  /** [x][row-major]. */
  final double[][] x;

  private SourceTables(SampleFlow flow, int s, FourPoint fourPoint, double[] b, double[][] x) {
    this.n = flow.size();
    this.fourPoint = fourPoint;
    this.p = flow.p(s).data();
    this.q = flow.q(s).data();
    this.f = flow.moment(s).data();
    this.b = b;
    this.x = x;
  }

  static SourceTables[] of(ContractionProblem problem) {
    double[][] x = new double[problem.crossWeights()][];
    for (int i = 0; i < x.length; i++) {
      x[i] = problem.crossWeight(i).data();
    }
    FourPoint[] fourPoints = problem.fourPoints();
    SourceTables[] tables = new SourceTables[problem.sources()];
    for (int s = 0; s < tables.length; s++) {
      Matrix b = problem.pulledBack(s);
      tables[s] = new SourceTables(problem.flow(), s, fourPoints[s], b.data(), x);
    }
    return tables;
  }
}
