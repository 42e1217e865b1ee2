package finitewidth.prior;

import finitewidth.gaussian.PairMoments;

/**
 * Self-energies S_xa of one further sample x with every sample a of a set R, and S_xx
 * (docs/theory.md#self-energy), as coefficients per source layer. O(N H) fourth moments; belongs to
 * one thread.
 */
public final class RowSelfEnergy {
  private final SampleFlow samples;
  private final PointSelfEnergy[] points;
  private final RowFlow row;
  private final PairSelfEnergy selfEnergy;
  private final PairSelfEnergy.Moments moments;

  /**
   * @param samples R, followed
   * @param points S_aa and V_(aa)(aa) of every sample of R
   */
  public RowSelfEnergy(SampleFlow samples, PointSelfEnergy[] points) {
    this.samples = samples;
    this.points = points;
    Architecture architecture = samples.architecture();
    row = new RowFlow(architecture, samples.inputs().cols(), true);
    selfEnergy = new PairSelfEnergy(architecture);
    moments = new PairSelfEnergy.Moments(architecture.hiddenLayers());
  }

  /**
   * S_xa for all a, then S_xx: [s][N + 1].
   *
   * @param x features
   * @param point x on its own, followed
   * @param pairs moments of pairs in each hidden layer over R with x as its last point, number N
   */
  public double[][] follow(double[] x, PointFlow point, PairMoments[] pairs) {
    int n = samples.size();
    int hidden = pairs.length;
    double[][] result = new double[hidden][n + 1];
    double[][] cubes = new double[hidden][n + 1];
    double[] fourth = new double[hidden];
    for (int h = 0; h < hidden; h++) {
      pairs[h].cubes(n, 0, n + 1, cubes[h]);
      fourth[h] = cubes[h][n];
    }
    PointSelfEnergy own = PointSelfEnergy.of(samples.architecture(), point, fourth);
    double[] out = new double[hidden];
    double[] one = new double[1];
    for (int a = 0; a < n; a++) {
      int i = a % SampleRun.LENGTH;
      if (i == 0) {
        SampleRun run = samples.runs()[a / SampleRun.LENGTH];
        row.follow(point, x, 0, run, run.length());
      }
      for (int h = 0; h < hidden; h++) {
        moments.aaab[h] = cubes[h][a];
        pairs[h].squares(a, n, n + 1, one);
        moments.aabb[h] = one[0];
        pairs[h].cubes(a, n, n + 1, one);
        moments.abbb[h] = one[0];
      }
      selfEnergy.follow(point, samples.point(a), own, points[a], row, i, moments, out);
      for (int s = 0; s < hidden; s++) {
        result[s][a] = out[s];
      }
    }
    for (int s = 0; s < hidden; s++) {
      result[s][n] = own.selfEnergy(hidden, s);
    }
    return result;
  }
}
