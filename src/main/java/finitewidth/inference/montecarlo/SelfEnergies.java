package finitewidth.inference.montecarlo;

import finitewidth.gaussian.PairMoments;
import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.prior.PointSelfEnergy;
import finitewidth.prior.RowSelfEnergy;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.SampleRow;
import finitewidth.prior.SampleSelfEnergy;
import org.jspecify.annotations.Nullable;

/**
 * The self-energy, which needs the fourth moments of pairs only and is never sampled. Belongs to
 * one thread.
 */
final class SelfEnergies {
  private final ContractionProblem problem;
  private final PairMoments[] pairs;
  private final SampleSelfEnergy samples;

  /** Made where a row is first asked for. */
  private @Nullable RowSelfEnergy rows;

  SelfEnergies(ContractionProblem problem) {
    this.problem = problem;
    SampleFlow flow = problem.flow();
    pairs = new PairMoments[problem.sources()];
    for (int s = 0; s < pairs.length; s++) {
      pairs[s] = pairMoments(flow.kernel(s));
    }
    samples = new SampleSelfEnergy(flow, pairs);
  }

  private PairMoments pairMoments(Matrix kernel) {
    return problem.flow().architecture().activation().pairMoments(kernel, problem.tolerance());
  }

  /** S over the training samples for each source layer, P × P. */
  Matrix[] training() {
    int n = problem.size();
    Matrix[] result = new Matrix[problem.sources()];
    for (int s = 0; s < result.length; s++) {
      result[s] = Matrix.zeros(n, n);
    }
    for (int a = 0; a < n; a++) {
      double[][] row = samples.row(a);
      for (int s = 0; s < result.length; s++) {
        for (int b = 0; b <= a; b++) {
          result[s].set(a, b, row[s][b]);
          result[s].set(b, a, row[s][b]);
        }
      }
    }
    return result;
  }

  /**
   * S_xa for all a, then S_xx: [s][P + 1].
   *
   * @param x features
   * @param row x, followed
   */
  double[][] row(double[] x, SampleRow row) {
    int n = problem.size();
    if (rows == null) {
      PointSelfEnergy[] points = new PointSelfEnergy[n];
      for (int a = 0; a < n; a++) {
        points[a] = samples.point(a);
      }
      rows = new RowSelfEnergy(problem.flow(), points);
    }
    PairMoments[] extended = new PairMoments[problem.sources()];
    for (int s = 0; s < extended.length; s++) {
      Matrix kernel = Matrix.zeros(n + 1, n + 1);
      for (int a = 0; a < n; a++) {
        System.arraycopy(problem.flow().kernel(s).data(), a * n, kernel.data(), a * (n + 1), n);
        kernel.set(n, a, row.kernel(s)[a]);
        kernel.set(a, n, row.kernel(s)[a]);
      }
      kernel.set(n, n, row.point().kernel(s));
      extended[s] = pairMoments(kernel);
    }
    return rows.follow(x, row.point(), extended);
  }
}
