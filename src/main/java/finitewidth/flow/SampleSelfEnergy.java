package finitewidth.flow;

import finitewidth.gaussian.FourPoint;
import finitewidth.linalg.Matrix;

/**
 * Self-energies of all pairs of a set of samples (THEORY section 2), a row at a time: row a needs
 * the pairs (a, b), b ≤ a, and nothing else. Holds evaluators and scratch; belongs to one thread.
 */
public final class SampleSelfEnergy {
  private final SampleFlow flow;
  private final FourPoint[] fourPoint;
  private final RowFlow pairs;
  private final PairSelfEnergy selfEnergy;
  private final PairSelfEnergy.Moments moments;
  private final PointSelfEnergy[] points;
  private final double[] one = new double[1];

  /**
   * @param flow the samples, followed
   * @param fourPoint one evaluator per hidden layer, over the same samples
   */
  public SampleSelfEnergy(SampleFlow flow, FourPoint[] fourPoint) {
    this.flow = flow;
    this.fourPoint = fourPoint;
    Architecture architecture = flow.architecture();
    pairs = new RowFlow(architecture, flow.inputs().cols(), true);
    selfEnergy = new PairSelfEnergy(architecture);
    moments = new PairSelfEnergy.Moments(architecture.hiddenLayers());
    points = new PointSelfEnergy[flow.size()];
  }

  /** S_aa and V_(aa)(aa) of one sample. */
  public PointSelfEnergy point(int a) {
    if (points[a] == null) {
      double[] fourth = new double[fourPoint.length];
      for (int h = 0; h < fourth.length; h++) {
        fourth[h] = paired(h, a, a, a);
      }
      points[a] = PointSelfEnergy.of(flow.architecture(), flow.point(a), fourth);
    }
    return points[a];
  }

  /** S_ab at the output for b = 0 … a, by source layer: [s][b]. */
  public double[][] row(int a) {
    int hidden = fourPoint.length;
    double[][] row = new double[hidden][a + 1];
    double[][] cubes = new double[hidden][a + 1];
    for (int h = 0; h < hidden; h++) {
      fourPoint[h].paired(a, a, 0, a + 1, cubes[h]);
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
        moments.aabb[h] = paired(h, a, b, b);
        moments.abbb[h] = paired(h, b, b, a);
      }
      selfEnergy.follow(flow.point(a), flow.point(b), point(a), point(b), pairs, i, moments, out);
      for (int s = 0; s < hidden; s++) {
        row[s][b] = out[s];
      }
    }
    return row;
  }

  private double paired(int h, int a, int c, int d) {
    fourPoint[h].paired(a, c, d, d + 1, one);
    return one[0];
  }
}
