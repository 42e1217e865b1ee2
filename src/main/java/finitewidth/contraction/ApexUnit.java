package finitewidth.contraction;

import finitewidth.flow.SampleSelfEnergy;
import finitewidth.gaussian.FourPoint;
import finitewidth.linalg.PairIndex;
import finitewidth.linalg.Products;

/**
 * All that needs the moments τ(a, b) = ⟨σ_d²σ_aσ_b⟩ of one apex sample d: the quadruples with
 * coinciding samples, the terms where dressing makes two indices coincide, and the self-energies of
 * the pairs (d, b ≤ d). P² moments for each source layer. Belongs to one thread.
 */
final class ApexUnit {
  private final ContractionProblem problem;
  private final SourceTables[] sources;
  private final SampleSelfEnergy selfEnergy;
  private final double[] tau;
  private final double[] dressed;

  ApexUnit(ContractionProblem problem, SourceTables[] sources) {
    this.problem = problem;
    this.sources = sources;
    FourPoint[] fourPoints = new FourPoint[sources.length];
    for (int s = 0; s < fourPoints.length; s++) {
      fourPoints[s] = sources[s].fourPoint;
    }
    selfEnergy = new SampleSelfEnergy(problem.flow(), fourPoints);
    tau = new double[problem.size() * problem.size()];
    dressed = new double[problem.size()];
  }

  ApexRow addTo(PairSums sums, int d) {
    int hidden = sources.length;
    double[][][] inner = new double[hidden][][];
    double[][][] outer = new double[hidden][][];
    double[][] squares = new double[hidden][];
    for (int s = 0; s < hidden; s++) {
      SourceTables t = sources[s];
      fillTau(t, d);
      addPlain(t, d, sums.quantity(s, 0));
      for (int x = 0; x < t.x.length; x++) {
        addCross(t, d, t.x[x], sums.quantity(s, 1 + x));
      }
      // From here on covariances: τ minus its mean-field part.
      double fdd = t.f[d * t.n + d];
      for (int i = 0; i < tau.length; i++) {
        tau[i] -= t.f[i] * fdd;
      }
      squares[s] = new double[t.n];
      for (int a = 0; a < t.n; a++) {
        squares[s][a] = tau[a * t.n + a];
      }
      boolean mixes = problem.mixes(s);
      inner[s] = new double[mixes ? t.x.length : 0][];
      outer[s] = new double[inner[s].length][];
      for (int x = 0; x < inner[s].length; x++) {
        inner[s][x] = contract(t, column(t, t.x[x], d));
        outer[s][x] = contract(t, mixed(t, t.x[x], d));
      }
    }
    return new ApexRow(d, inner, outer, squares, selfEnergy.row(d));
  }

  private void fillTau(SourceTables t, int d) {
    int n = t.n;
    double[] row = new double[n];
    for (int a = 0; a < n; a++) {
      t.fourPoint.paired(d, a, 0, a + 1, row);
      for (int b = 0; b <= a; b++) {
        tau[a * n + b] = row[b];
        tau[b * n + a] = row[b];
      }
    }
  }

  /** Quantity 0, Σ B_ce ⟨σ_aσ_bσ_cσ_e⟩, over the quadruples in which d coincides with another. */
  private void addPlain(SourceTables t, int d, double[] to) {
    int n = t.n;
    int rowD = d * n;
    to[PairIndex.of(d, d)] += Products.dot(t.b, 0, tau, 0, tau.length);
    double bdd = t.b[rowD + d];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < a; b++) {
        to[PairIndex.of(a, b)] += bdd * tau[a * n + b];
      }
    }
    for (int b = 0; b < n; b++) {
      if (b != d) {
        double sum = 0;
        for (int e = 0; e < n; e++) {
          if (e != d && e != b) {
            sum += t.b[rowD + e] * tau[b * n + e];
          }
        }
        if (b < d) {
          sum += t.b[rowD + b] * tau[b * n + b];
        }
        to[PairIndex.of(d, b)] += 2 * sum;
      }
    }
  }

  /** Quantity of X, Σ P_ac P_be X_ce ⟨σ_aσ_bσ_cσ_e⟩, over the same quadruples. */
  private void addCross(SourceTables t, int d, double[] x, double[] to) {
    int n = t.n;
    int rowD = d * n;
    double[] p = t.p;
    double all = 0;
    for (int c = 0; c < n; c++) {
      double sum = 0;
      for (int e = 0; e < n; e++) {
        sum += p[rowD + e] * x[c * n + e] * tau[c * n + e];
      }
      all += p[rowD + c] * sum;
    }
    to[PairIndex.of(d, d)] += all;

    double xdd = x[rowD + d];
    for (int a = 0; a < n; a++) {
      double factor = p[rowD + a] * xdd;
      for (int b = 0; b < a; b++) {
        to[PairIndex.of(a, b)] += factor * p[rowD + b] * tau[a * n + b];
      }
    }

    double pdd = p[rowD + d];
    for (int b = 0; b < n; b++) {
      if (b != d) {
        double pdb = p[rowD + b];
        double sum = 0;
        for (int e = 0; e < n; e++) {
          if (e != d && e != b) {
            sum += x[rowD + e] * (pdd * p[b * n + e] + p[rowD + e] * pdb) * tau[b * n + e];
          }
        }
        if (b < d) {
          sum += x[rowD + b] * (pdd * p[b * n + b] + pdb * pdb) * tau[b * n + b];
        }
        to[PairIndex.of(d, b)] += sum;
      }
    }
  }

  /** X_cd for all c. */
  private double[] column(SourceTables t, double[] x, int d) {
    System.arraycopy(x, d * t.n, dressed, 0, t.n);
    return dressed;
  }

  /** (XQᵀ)_cd for all c. */
  private double[] mixed(SourceTables t, double[] x, int d) {
    for (int c = 0; c < t.n; c++) {
      dressed[c] = Products.dot(x, c * t.n, t.q, d * t.n, t.n);
    }
    return dressed;
  }

  /** Σ_c P_ac v_c Cov(ac, dd) for all a. */
  private double[] contract(SourceTables t, double[] v) {
    int n = t.n;
    double[] result = new double[n];
    for (int a = 0; a < n; a++) {
      double sum = 0;
      for (int c = 0; c < n; c++) {
        sum += t.p[a * n + c] * v[c] * tau[a * n + c];
      }
      result[a] = sum;
    }
    return result;
  }
}
