package finitewidth.contraction;

import finitewidth.flow.SampleRow;
import finitewidth.gaussian.FourPoint;
import finitewidth.linalg.Products;

/**
 * The sums of one further sample x with the training samples for one source layer: raw moments
 * first, then mean-field parts and dressing. Index n is x itself.
 */
final class RowSums {
  private final SourceTables t;
  private final RowTerms training;
  private final boolean mixes;
  private final int n;

  /** P_xa, F_xa, Q_xa and Q_ax. */
  private final double[] p;

  private final double[] f;
  private final double[] qx;
  private final double[] qr;
  private final double pxx;
  private final double fxx;

  private final double[] plain;
  private final double[][] cross;

  /** z_d = Σ_c X_cd Q_xc, by X. */
  private final double[][] z;

  /** e_d = Σ_c P_xc X_cd Cov(xc, dd), by X. */
  private final double[][] e;

  /** Cov(xx, aa). */
  private final double[] squares;

  private final double[] moment;
  private final double[] atJ;
  private final double[] atK;
  private final double[] atL;

  RowSums(SourceTables t, SampleRow row, int s, RowTerms training, boolean mixes) {
    this.t = t;
    this.training = training;
    this.mixes = mixes;
    n = t.n;
    p = row.p(s);
    f = row.moment(s);
    qx = row.qx(s);
    qr = row.qr(s);
    pxx = row.point().dressing(s);
    fxx = row.point().moment(s);
    plain = new double[n + 1];
    cross = new double[t.x.length][n + 1];
    z = new double[t.x.length][n];
    e = new double[t.x.length][n];
    squares = new double[n];
    moment = new double[n + 1];
    atJ = new double[n];
    atK = new double[n];
    atL = new double[n];
  }

  /** G1 of (x, a) for all a, then of (x, x). */
  double[] plain() {
    return plain;
  }

  /** G2[X] of (x, a) for all a, then of (x, x). */
  double[] cross(int x) {
    return cross[x];
  }

  void add(FourPoint fourPoint) {
    if (mixes) {
      for (int x = 0; x < z.length; x++) {
        for (int d = 0; d < n; d++) {
          z[x][d] = Products.dot(t.x[x], d * n, qx, 0, n);
        }
      }
    }
    addDistinct(fourPoint);
    for (int c = 0; c < n; c++) {
      fourPoint.paired(c, n, 0, n, moment);
      addApex(c);
    }
    for (int c = 0; c < n; c++) {
      fourPoint.paired(n, c, 0, c + 1, moment);
      addOwnApex(c);
    }
    fourPoint.paired(n, n, 0, n + 1, moment);
    finish();
  }

  /** Quadruples (x, j, k, l) of four different samples. */
  private void addDistinct(FourPoint fourPoint) {
    for (int j = 0; j < n; j++) {
      for (int k = j + 1; k + 1 < n; k++) {
        int from = k + 1;
        fourPoint.distinct(n, j, k, from, n, moment);
        int length = n - from;
        int rowJ = j * n + from;
        int rowK = k * n + from;
        addTriples(t.b, 2, plain, moment, moment, moment, j, k, from);
        double pj = p[j];
        double pk = p[k];
        double pjk = t.p[j * n + k];
        for (int l = 0; l < length; l++) {
          double m = moment[l];
          double toJ = pk * t.p[rowJ + l] * m;
          double toK = pj * t.p[rowK + l] * m;
          double toL = p[from + l] * pjk * m;
          atJ[l] = toJ + toL;
          atK[l] = toK + toL;
          atL[l] = toJ + toK;
        }
        for (int x = 0; x < t.x.length; x++) {
          addTriples(t.x[x], 1, cross[x], atJ, atK, atL, j, k, from);
        }
      }
    }
  }

  /** Adds the weight of the other two, times the moments given for that end, to x's three pairs. */
  private void addTriples(
      double[] weight,
      double factor,
      double[] to,
      double[] atJ,
      double[] atK,
      double[] atL,
      int j,
      int k,
      int from) {
    int rowJ = j * n + from;
    int rowK = k * n + from;
    double wjk = factor * weight[j * n + k];
    double sumJ = 0;
    double sumK = 0;
    for (int l = 0, length = n - from; l < length; l++) {
      sumJ += weight[rowK + l] * atJ[l];
      sumK += weight[rowJ + l] * atK[l];
      to[from + l] += wjk * atL[l];
    }
    to[j] += factor * sumJ;
    to[k] += factor * sumK;
  }

  /** Moments ⟨σ_c²σ_xσ_a⟩ of a training sample c. */
  private void addApex(int c) {
    int rowC = c * n;
    double bcc = t.b[rowC + c];
    double sum = 0;
    for (int a = 0; a < n; a++) {
      plain[a] += bcc * moment[a];
      if (a != c) {
        sum += t.b[rowC + a] * moment[a];
      }
    }
    plain[c] += 2 * sum;
    double pcc = t.p[rowC + c];
    double fcc = t.f[rowC + c];
    for (int x = 0; x < t.x.length; x++) {
      double[] xs = t.x[x];
      double[] to = cross[x];
      double weight = p[c] * xs[rowC + c];
      double own = 0;
      for (int a = 0; a < n; a++) {
        to[a] += weight * t.p[rowC + a] * moment[a];
        if (a != c) {
          own += xs[rowC + a] * (p[c] * t.p[rowC + a] + p[a] * pcc) * moment[a];
        }
      }
      if (mixes) {
        double[] mixed = training.mixed().get(x).data();
        double outer = 0;
        double inner = 0;
        for (int a = 0; a < n; a++) {
          double covariance = p[a] * (moment[a] - f[a] * fcc);
          outer += mixed[a * n + c] * covariance;
          inner += xs[rowC + a] * covariance;
        }
        own += outer;
        e[x][c] = inner;
      }
      to[c] += own;
    }
  }

  /** Moments ⟨σ_x²σ_cσ_d⟩, d ≤ c. */
  private void addOwnApex(int c) {
    int rowC = c * n;
    double sum = 0;
    for (int d = 0; d < c; d++) {
      sum += t.b[rowC + d] * moment[d];
    }
    plain[n] += 2 * sum + t.b[rowC + c] * moment[c];
    for (int x = 0; x < t.x.length; x++) {
      double[] xs = t.x[x];
      double own = 0;
      for (int d = 0; d < c; d++) {
        own += p[d] * xs[rowC + d] * moment[d];
      }
      cross[x][n] += p[c] * (2 * own + p[c] * xs[rowC + c] * moment[c]);
    }
    squares[c] = moment[c] - fxx * t.f[rowC + c];
    if (mixes) {
      for (int x = 0; x < t.x.length; x++) {
        double[] to = cross[x];
        double atC = 0;
        for (int d = 0; d < c; d++) {
          double covariance = t.p[rowC + d] * (moment[d] - fxx * t.f[rowC + d]);
          atC += z[x][d] * covariance;
          to[d] += z[x][c] * covariance;
        }
        to[c] += atC + t.p[rowC + c] * z[x][c] * squares[c];
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
    for (int x = 0; x < t.x.length; x++) {
      subtractMeanField(x);
      if (mixes) {
        mix(x);
      }
    }
  }

  private void subtractMeanField(int x) {
    double[] to = cross[x];
    double[] projected = new double[n];
    for (int c = 0; c < n; c++) {
      double weight = p[c] * f[c];
      for (int d = 0; d < n; d++) {
        projected[d] += weight * t.x[x][c * n + d];
      }
    }
    for (int a = 0; a < n; a++) {
      double sum = 0;
      for (int d = 0; d < n; d++) {
        sum += t.p[a * n + d] * t.f[a * n + d] * projected[d];
      }
      to[a] -= sum;
      to[n] -= p[a] * f[a] * projected[a];
    }
  }

  /** The terms in which dressing makes two indices coincide. */
  private void mix(int x) {
    double[] to = cross[x];
    double[] mixed = training.mixed().get(x).data();
    double[] corner = training.corner().get(x).data();
    double[] trainingSquares = training.squares().data();
    double[] viaMixed = new double[n];
    for (int c = 0; c < n; c++) {
      int rowC = c * n;
      double inner = e[x][c] + z[x][c] * squares[c];
      double quadratic = 0;
      for (int a = 0; a < n; a++) {
        viaMixed[a] += qx[c] * mixed[rowC + a];
        to[a] += inner * t.q[rowC + a] + qr[c] * corner[rowC + a];
        quadratic += t.x[x][rowC + a] * trainingSquares[rowC + a] * qr[a];
      }
      double cube = moment[c] - fxx * f[c];
      to[n] +=
          2 * (p[c] * z[x][c] * cube + inner * qr[c])
              + qr[c] * quadratic
              + qx[c] * z[x][c] * (moment[n] - fxx * fxx);
    }
    for (int a = 0; a < n; a++) {
      to[a] += squares[a] * viaMixed[a];
    }
  }
}
