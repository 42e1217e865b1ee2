package finitewidth.inference.exact;

import finitewidth.gaussian.FourPoint;
import finitewidth.linalg.Matrix;
import finitewidth.prior.SampleRow;
import java.util.Arrays;
import java.util.List;

/**
 * The sums of one further sample x with the training samples for one source layer: raw moments
 * first, then mean-field parts and dressing. Index n is x itself.
 */
final class RowSums {
  private final SourceTables t;
  private final RowTerms training;
  private final boolean mixes;
  private final PanelLoops loops;
  private final int n;
  private final int stride;

  /** P_xa and F_xa, as long as a row of the tables; Q_xa and Q_ax. */
  private final double[] p;

  private final double[] f;
  private final double[] qx;
  private final double[] qr;
  private final double pxx;
  private final double fxx;

  private final double[] plain;

  /** [X][a]. */
  private final double[][] cross;

  /** [X][d]: z_d = Σ_c X_cd Q_xc. */
  private final double[][] z;

  /** [X][c]: e_c = Σ_d P_xd X_cd Cov(xd, cc). */
  private final double[][] e;

  /** Cov(xx, aa). */
  private final double[] squares;

  private final double[] moment;
  private final double[] own;
  private final double[] dressed;
  private final double[] covariance;

  RowSums(
      SourceTables t, SampleRow row, int s, RowTerms training, boolean mixes, PanelLoops loops) {
    this.t = t;
    this.training = training;
    this.mixes = mixes;
    this.loops = loops;
    n = t.n;
    stride = t.stride;
    p = Arrays.copyOf(row.p(s), stride);
    f = Arrays.copyOf(row.moment(s), stride);
    qx = row.qx(s);
    qr = row.qr(s);
    pxx = row.point().dressing(s);
    fxx = row.point().moment(s);
    int weights = t.weights.length - 1;
    plain = new double[stride];
    cross = new double[weights][stride];
    z = new double[weights][n];
    e = new double[weights][n];
    squares = new double[n];
    moment = new double[stride];
    own = new double[n];
    dressed = new double[n];
    covariance = new double[n];
  }

  /** G1 of (x, a) for all a, then of (x, x). */
  double[] plain(double factor) {
    return scaled(plain, factor);
  }

  /** G2[X] of (x, a) for all a, then of (x, x). */
  double[] cross(int x, double factor) {
    return scaled(cross[x], factor);
  }

  private double[] scaled(double[] values, double factor) {
    double[] result = Arrays.copyOf(values, n + 1);
    for (int a = 0; a <= n; a++) {
      result[a] *= factor;
    }
    return result;
  }

  void add(FourPoint fourPoint, Panel panel, List<Tile.Rectangle> rectangles) {
    for (Tile.Rectangle others : rectangles) {
      for (int j = 0; others.rows(j) > 0; j++) {
        panel.fill(fourPoint, n, j, j, others);
        addDistinct(panel, j);
      }
    }
    for (int c = 0; c < n; c++) {
      fourPoint.paired(c, n, 0, n, moment);
      addApex(c);
    }
    if (mixes) {
      for (int x = 0; x < z.length; x++) {
        for (int d = 0; d < n; d++) {
          z[x][d] = loops.dot(t.weights[1 + x], d * stride, qx, 0, n);
        }
      }
    }
    for (int c = 0; c < n; c++) {
      fourPoint.paired(n, c, 0, c + 1, moment);
      addOwnApex(c);
    }
    fourPoint.paired(n, n, 0, n + 1, moment);
    finish();
  }

  /** Quadruples (x, j, k, l) of four different samples. */
  private void addDistinct(Panel panel, int j) {
    double[] m = panel.moment;
    loops.addEnds(panel, t.weights[0], plain, stride, j, m, m, m);
    loops.dress(panel, t.p, stride, p, 0, j);
    for (int x = 0; x < cross.length; x++) {
      loops.addEnds(
          panel,
          t.weights[1 + x],
          cross[x],
          stride,
          j,
          panel.straight,
          panel.crossed,
          panel.twisted);
    }
  }

  /** Moments ⟨σ_c²σ_xσ_a⟩ of a training sample c. */
  private void addApex(int c) {
    int rowC = c * stride;
    double[] twiceB = t.weights[0];
    PanelLoops.axpy(0.5 * twiceB[rowC + c], moment, 0, plain, 0, n);
    plain[c] += loops.dot(twiceB, rowC, moment, 0, n) - twiceB[rowC + c] * moment[c];
    double pcc = t.p[rowC + c];
    double fcc = t.f[rowC + c];
    for (int a = 0; a < n; a++) {
      dressed[a] = t.p[rowC + a] * moment[a];
      own[a] = p[c] * dressed[a] + pcc * p[a] * moment[a];
      covariance[a] = p[a] * (moment[a] - f[a] * fcc);
    }
    own[c] = 0;
    for (int x = 0; x < cross.length; x++) {
      double[] weight = t.weights[1 + x];
      double[] to = cross[x];
      PanelLoops.axpy(p[c] * weight[rowC + c], dressed, 0, to, 0, n);
      to[c] += loops.dot(weight, rowC, own, 0, n);
      if (mixes) {
        to[c] += loops.dot(training.mixed().get(x).data(), c * n, covariance, 0, n);
        e[x][c] = loops.dot(weight, rowC, covariance, 0, n);
      }
    }
  }

  /** Moments ⟨σ_x²σ_cσ_d⟩, d ≤ c. */
  private void addOwnApex(int c) {
    int rowC = c * stride;
    double[] twiceB = t.weights[0];
    plain[n] += loops.dot(twiceB, rowC, moment, 0, c) + 0.5 * twiceB[rowC + c] * moment[c];
    for (int d = 0; d <= c; d++) {
      own[d] = 2 * p[c] * p[d] * moment[d];
      dressed[d] = t.p[rowC + d] * (moment[d] - fxx * t.f[rowC + d]);
    }
    own[c] *= 0.5;
    squares[c] = moment[c] - fxx * t.f[rowC + c];
    for (int x = 0; x < cross.length; x++) {
      cross[x][n] += loops.dot(t.weights[1 + x], rowC, own, 0, c + 1);
      if (mixes) {
        cross[x][c] += loops.dot(dressed, 0, z[x], 0, c + 1);
        PanelLoops.axpy(z[x][c], dressed, 0, cross[x], 0, c);
      }
    }
  }

  /** Mean-field parts and dressing; {@code moment} holds ⟨σ_x³σ_a⟩ and ⟨σ_x⁴⟩. */
  private void finish() {
    for (int a = 0; a < n; a++) {
      plain[a] -= training.mean() * f[a];
    }
    plain[n] -= training.mean() * fxx;
    for (int a = 0; a < n; a++) {
      plain[a] = p[a] * plain[a] + qx[a] * plain[n] + qr[a] * training.plainDiagonal()[a];
    }
    plain[n] *= pxx;
    for (int x = 0; x < cross.length; x++) {
      subtractMeanField(t.weights[1 + x], cross[x]);
    }
    if (mixes) {
      mix();
    }
  }

  private void subtractMeanField(double[] weight, double[] to) {
    double[] projected = new double[n];
    for (int c = 0; c < n; c++) {
      PanelLoops.axpy(p[c] * f[c], weight, c * stride, projected, 0, n);
    }
    for (int a = 0; a < n; a++) {
      to[a] -= loops.dot(t.pf, a * stride, projected, 0, n);
      to[n] -= p[a] * f[a] * projected[a];
    }
  }

  /** The terms in which dressing makes two indices coincide. */
  private void mix() {
    Matrix trainingSquares = training.squares();
    double fourth = moment[n] - fxx * fxx;
    for (int c = 0; c < n; c++) {
      int rowC = c * stride;
      for (int a = 0; a < n; a++) {
        own[a] = trainingSquares.get(c, a) * qr[a];
      }
      double cube = moment[c] - fxx * f[c];
      for (int x = 0; x < cross.length; x++) {
        double[] to = cross[x];
        double inner = e[x][c] + z[x][c] * squares[c];
        PanelLoops.axpy(inner, t.q, rowC, to, 0, n);
        PanelLoops.axpy(qr[c], training.corner().get(x).data(), c * n, to, 0, n);
        to[c] += squares[c] * loops.dot(t.q, rowC, z[x], 0, n);
        to[n] +=
            2 * (p[c] * z[x][c] * cube + inner * qr[c])
                + qr[c] * loops.dot(t.weights[1 + x], rowC, own, 0, n)
                + qx[c] * z[x][c] * fourth;
      }
    }
  }
}
