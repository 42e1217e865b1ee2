package finitewidth.inference.exact;

import finitewidth.gaussian.FourPoint;
import finitewidth.inference.ContractionProblem;
import finitewidth.prior.SampleSelfEnergy;

/**
 * All that needs the moments τ(a, b) = ⟨σ_d²σ_aσ_b⟩ of one apex sample d: the quadruples with
 * coinciding samples, the terms where dressing makes two indices coincide, and the self-energies of
 * the pairs (d, b ≤ d). P² moments for each source layer. Belongs to one thread.
 */
final class ApexUnit {
  private final ContractionProblem problem;
  private final SourceTables[] sources;
  private final FourPoint[] fourPoints;
  private final SampleSelfEnergy selfEnergy;
  private final PanelLoops loops = PanelLoops.fastest();
  private final int n;
  private final int stride;

  /** τ, then its covariances, then those dressed; laid out like the tables, as is {@link #work}. */
  private final double[] tau;

  private final double[] work;
  private final double[] row;

  ApexUnit(ExactProblem exact, FourPoint[] fourPoints) {
    problem = exact.problem();
    this.sources = exact.tables();
    this.fourPoints = fourPoints;
    selfEnergy = new SampleSelfEnergy(problem.flow(), fourPoints);
    n = problem.size();
    stride = sources[0].stride;
    tau = new double[n * stride];
    work = new double[n * stride];
    row = new double[n];
  }

  /** The self-energies of d, and room for what each source layer yields beside sums. */
  ApexRow begin(int d) {
    ApexRow room = ApexRow.zeros(problem, d);
    return new ApexRow(d, room.inner(), room.outer(), room.squares(), selfEnergy.row(d));
  }

  /**
   * Adds what source layer s contributes.
   *
   * @param sums by quantity, laid out like the tables; elements on and right of the diagonal
   *     receive
   */
  void addTo(double[][] sums, int s, ApexRow apex) {
    SourceTables t = sources[s];
    int d = apex.apex();
    fillTau(fourPoints[s], d);
    addPlain(t.weights[0], d, sums[0]);
    addCross(t, d, sums);
    // From here on covariances: τ minus its mean-field part.
    PanelLoops.axpy(-t.f[d * stride + d], t.f, 0, tau, 0, tau.length);
    for (int a = 0; a < n; a++) {
      apex.squares()[s][a] = tau[a * stride + a];
    }
    if (problem.mixes(s)) {
      multiply(t.p, tau);
      for (int x = 0; x < problem.crossWeights(); x++) {
        contract(t, t.weights[1 + x], d, apex.inner()[s][x], apex.outer()[s][x]);
      }
    }
  }

  private void fillTau(FourPoint fourPoint, int d) {
    for (int a = 0; a < n; a++) {
      fourPoint.paired(d, a, 0, a + 1, row);
      for (int b = 0; b <= a; b++) {
        tau[a * stride + b] = row[b];
        tau[b * stride + a] = row[b];
      }
    }
  }

  /**
   * Quantity 0, Σ B_ce ⟨σ_aσ_bσ_cσ_e⟩, over the quadruples in which d coincides with another.
   *
   * @param weight 2B
   */
  private void addPlain(double[] weight, int d, double[] to) {
    int rowD = d * stride;
    to[rowD + d] += 0.5 * loops.dot(weight, 0, tau, 0, tau.length);
    addAbove(0.5 * weight[rowD + d], tau, to);
    for (int b = 0; b < n; b++) {
      if (b != d) {
        int rowB = b * stride;
        double sum = loops.dot(weight, rowD, tau, rowB, n) - weight[rowD + d] * tau[rowB + d];
        if (b > d) {
          // (d, b | d, b) is counted with the larger of its two apexes.
          sum -= weight[rowD + b] * tau[rowB + b];
        }
        to[pair(d, b)] += sum;
      }
    }
  }

  /** Quantities of X, Σ P_ac P_be X_ce ⟨σ_aσ_bσ_cσ_e⟩, over the same quadruples. */
  private void addCross(SourceTables t, int d, double[][] sums) {
    double[] p = t.p;
    int rowD = d * stride;
    // P_da P_db τ_ab: d stands for both of c and e, or for both of a and b.
    for (int a = 0; a < n; a++) {
      for (int b = 0, at = a * stride; b < n; b++, at++) {
        work[at] = p[rowD + a] * p[rowD + b] * tau[at];
      }
    }
    for (int q = 1; q < sums.length; q++) {
      double[] x = t.weights[q];
      sums[q][rowD + d] += loops.dot(x, 0, work, 0, work.length);
      addAbove(x[rowD + d], work, sums[q]);
    }
    // (P_dd P_be + P_de P_db) τ_be: d stands for one of a and b, and for one of c and e.
    for (int b = 0; b < n; b++) {
      double pdb = p[rowD + b];
      double pdd = p[rowD + d];
      int rowB = b * stride;
      for (int e = 0; e < n; e++) {
        work[rowB + e] = (pdd * p[rowB + e] + pdb * p[rowD + e]) * tau[rowB + e];
      }
      work[rowB + d] = 0;
      if (b > d) {
        work[rowB + b] = 0;
      }
    }
    for (int q = 1; q < sums.length; q++) {
      for (int b = 0; b < n; b++) {
        if (b != d) {
          sums[q][pair(d, b)] += loops.dot(t.weights[q], rowD, work, b * stride, n);
        }
      }
    }
  }

  /** to_ab += factor from_ab right of the diagonal. */
  private void addAbove(double factor, double[] from, double[] to) {
    for (int a = 0; a < n; a++) {
      int at = a * stride + a + 1;
      PanelLoops.axpy(factor, from, at, to, at, n - a - 1);
    }
  }

  /** Σ_c P_ac v_c Cov(ac, dd) for all a, of v_c = X_cd and v_c = (XQᵀ)_cd. */
  private void contract(SourceTables t, double[] x, int d, double[] inner, double[] outer) {
    for (int c = 0; c < n; c++) {
      row[c] = loops.dot(x, c * stride, t.q, d * stride, n);
    }
    for (int a = 0; a < n; a++) {
      inner[a] = loops.dot(tau, a * stride, x, d * stride, n);
      outer[a] = loops.dot(tau, a * stride, row, 0, n);
    }
  }

  private static void multiply(double[] by, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= by[i];
    }
  }

  private int pair(int a, int b) {
    return a < b ? a * stride + b : b * stride + a;
  }
}
