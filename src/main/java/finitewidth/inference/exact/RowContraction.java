package finitewidth.inference.exact;

import finitewidth.gaussian.FourPoint;
import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.prior.PointSelfEnergy;
import finitewidth.prior.RowSelfEnergy;
import finitewidth.prior.SampleFlow;
import finitewidth.prior.SampleRow;
import finitewidth.prior.SampleSelfEnergy;
import java.util.List;

/**
 * The contractions of one further sample x with the training samples: P³/6 + O(P²) moments for each
 * source layer. x only ever stands at the open ends of V, never under the sums. Belongs to one
 * thread and is reused from row to row.
 */
public final class RowContraction {

  /**
   * Coefficients of 1/n_s for each source layer; entry a &lt; P is the pair (x, a), entry P is (x,
   * x).
   *
   * @param selfEnergy [s][a]: S
   * @param plain [s][a]: G1
   * @param cross [s][X][a]: G2[X]
   */
  public record Row(double[][] selfEnergy, double[][] plain, double[][][] cross) {}

  private final ExactProblem exact;
  private final ContractionProblem problem;
  private final List<RowTerms> training;
  private final SourceTables[] tables;
  private final PanelLoops loops = PanelLoops.fastest();
  private final Panel panel = new Panel(Tiling.ROWS, Tiling.COLUMNS);
  private final List<Tile.Rectangle> rectangles;
  private final SampleRow row;
  private final RowSelfEnergy selfEnergy;
  private final Matrix[] extended;

  /**
   * @param training one for each source layer
   */
  public RowContraction(ExactProblem exact, List<RowTerms> training) {
    this.exact = exact;
    problem = exact.problem();
    this.training = training;
    tables = exact.tables();
    rectangles = Tiling.rectangles(problem.size());
    SampleFlow flow = problem.flow();
    int n = flow.size();
    extended = new Matrix[tables.length];
    for (int s = 0; s < tables.length; s++) {
      extended[s] = Matrix.zeros(n + 1, n + 1);
      for (int a = 0; a < n; a++) {
        System.arraycopy(flow.kernel(s).data(), a * n, extended[s].data(), a * (n + 1), n);
      }
    }
    SampleSelfEnergy samples = new SampleSelfEnergy(flow, exact.fourPoints());
    PointSelfEnergy[] points = new PointSelfEnergy[n];
    for (int a = 0; a < n; a++) {
      points[a] = samples.point(a);
    }
    row = new SampleRow(flow);
    selfEnergy = new RowSelfEnergy(flow, points);
  }

  /** P(P−1)(P−2)/6 + P² + P(P+1)/2: moments of one row for each source layer. */
  public static long moments(long p) {
    return p * (p - 1) / 2 * (p - 2) / 3 + p * p + p * (p + 1) / 2;
  }

  /** x against the training samples, followed through the layers, as of the last call. */
  public SampleRow flow() {
    return row;
  }

  /**
   * Contracts one row.
   *
   * @param x features, as many as the training samples have
   */
  public Row contract(double[] x) {
    row.follow(x);
    FourPoint[] fourPoints = new FourPoint[tables.length];
    double[][] plain = new double[tables.length][];
    double[][][] cross = new double[tables.length][][];
    for (int s = 0; s < tables.length; s++) {
      fourPoints[s] = extend(s);
      double weight = problem.flow().architecture().weightVariance(s + 1);
      RowSums sums = new RowSums(tables[s], row, s, training.get(s), problem.mixes(s), loops);
      sums.add(fourPoints[s], panel, rectangles);
      plain[s] = sums.plain(weight * weight);
      cross[s] = new double[problem.crossWeights()][];
      for (int w = 0; w < cross[s].length; w++) {
        cross[s][w] = sums.cross(w, weight * weight);
      }
    }
    return new Row(selfEnergy.follow(x, row.point(), fourPoints), plain, cross);
  }

  private FourPoint extend(int s) {
    Matrix kernel = extended[s];
    int n = problem.size();
    for (int a = 0; a < n; a++) {
      kernel.set(n, a, row.kernel(s)[a]);
      kernel.set(a, n, row.kernel(s)[a]);
    }
    kernel.set(n, n, row.point().kernel(s));
    return exact.fourPoint(kernel);
  }
}
