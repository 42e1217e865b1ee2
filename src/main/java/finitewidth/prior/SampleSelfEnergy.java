package finitewidth.prior;

import finitewidth.gaussian.PairMoments;
import finitewidth.linalg.Matrix;

/**
 * Self-energies of all pairs of a set of samples (docs/theory.md#self-energy), a row at a time: row
 * a needs the pairs (a, b), b ≤ a, and nothing else. Holds evaluators and scratch; belongs to one
 * thread.
 */
public final class SampleSelfEnergy {
  private final SampleFlow flow;
  private final PairMoments[] fourth;
  private final RowFlow pairs;
  private final PairSelfEnergy selfEnergy;
  private final PairSelfEnergy.Moments moments;
  private final PointSelfEnergy[] points;
  private final double[] one = new double[1];

  /**
   * @param flow the samples, followed
   * @param fourth one evaluator per hidden layer, over the same samples
   */
  public SampleSelfEnergy(SampleFlow flow, PairMoments[] fourth) {
    this.flow = flow;
    this.fourth = fourth;
    Architecture architecture = flow.architecture();
    pairs = new RowFlow(architecture, flow.inputs().cols(), true);
    selfEnergy = new PairSelfEnergy(architecture);
    moments = new PairSelfEnergy.Moments(architecture.hiddenLayers());
    points = new PointSelfEnergy[flow.size()];
  }

  /** S_aa and V_(aa)(aa) of one sample. */
  public PointSelfEnergy point(int a) {
    if (points[a] == null) {
      double[] own = new double[fourth.length];
      for (int h = 0; h < own.length; h++) {
        own[h] = cube(h, a, a);
      }
      points[a] = PointSelfEnergy.of(flow.architecture(), flow.point(a), own);
    }
    return points[a];
  }

  /** S_ab at the output for b = 0 … a, by source layer: [s][b]. */
  public double[][] row(int a) {
    int hidden = fourth.length;
    double[][] row = new double[hidden][a + 1];
    double[][] cubes = new double[hidden][a + 1];
    for (int h = 0; h < hidden; h++) {
      fourth[h].cubes(a, 0, a + 1, cubes[h]);
      row[h][a] = point(a).selfEnergy(hidden, h);
    }
    Matrix x = flow.inputs();
    double[] out = new double[hidden];
    for (int b = 0; b < a; b++) {
      int i = b % SampleRun.LENGTH;
      if (i == 0) {
        SampleRun run = flow.runs()[b / SampleRun.LENGTH];
        int count = Math.min(run.length(), a - b);
        pairs.follow(flow.point(a), x.data(), a * x.cols(), run, count);
      }
      for (int h = 0; h < hidden; h++) {
        moments.aaab[h] = cubes[h][b];
        moments.aabb[h] = square(h, a, b);
        moments.abbb[h] = cube(h, b, a);
      }
      selfEnergy.follow(flow.point(a), flow.point(b), point(a), point(b), pairs, i, moments, out);
      for (int s = 0; s < hidden; s++) {
        row[s][b] = out[s];
      }
    }
    return row;
  }

  private double cube(int h, int a, int d) {
    fourth[h].cubes(a, d, d + 1, one);
    return one[0];
  }

  private double square(int h, int a, int d) {
    fourth[h].squares(a, d, d + 1, one);
    return one[0];
  }
}
