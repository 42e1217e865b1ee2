package finitewidth.inference.exact;

import finitewidth.prior.SampleRow;
import java.util.Arrays;

/**
 * What quadratic forms of the output's kernel are in the neurons of one source layer, over the n
 * training samples and one further sample x, index n: Σ_ab a_a b_b X_ab = Σ_ab U_ab Δ_ab for X =
 * T[Δ], with U_ab = ½ P_ab (a_a b_b + a_b b_a) + δ_ab Σ_c Q_ac (a_a b_c + b_a a_c). Form 0 is that
 * of u and u, form 1 + i that of u and v_i; and the sums of pairs of them over moments.
 */
final class RowForms {
  private final SourceTables t;
  private final PanelLoops loops;
  private final int n;
  private final int stride;
  private final double[] f;
  private final double fxx;

  /** [form], n + 1 rows laid out like the tables. */
  private final double[][] forms;

  /** Σ U⁰_ab U^k_cd ⟨σ_aσ_bσ_cσ_d⟩, of the quadruples so far. */
  private final double[] sums;

  /** Of the three samples of {@link #addQuadruples}, by form: U·⟨σσσσ⟩ along the fourth. */
  private final double[] along = new double[3];

  private final double[] vector;

  /**
   * @param u over samples, then x
   * @param v likewise, one for each further form
   */
  RowForms(SourceTables t, SampleRow row, int s, double[] u, double[][] v, PanelLoops loops) {
    this.t = t;
    this.loops = loops;
    n = t.n;
    stride = t.stride;
    f = Arrays.copyOf(row.moment(s), stride);
    fxx = row.point().moment(s);
    forms = new double[1 + v.length][];
    forms[0] = form(row, s, u, u);
    for (int i = 0; i < v.length; i++) {
      forms[1 + i] = form(row, s, u, v[i]);
    }
    sums = new double[forms.length];
    vector = new double[stride];
  }

  private double[] form(SampleRow row, int s, double[] a, double[] b) {
    double[] form = new double[(n + 1) * stride];
    double[] p = row.p(s);
    double[] qx = row.qx(s);
    double[] qr = row.qr(s);
    double own = row.point().dressing(s) * a[n] * b[n];
    for (int i = 0; i < n; i++) {
      int at = i * stride;
      double throughA = qr[i] * a[n];
      double throughB = qr[i] * b[n];
      for (int j = 0; j < n; j++) {
        form[at + j] = 0.5 * t.p[at + j] * (a[i] * b[j] + a[j] * b[i]);
        throughA += t.q[at + j] * a[j];
        throughB += t.q[at + j] * b[j];
      }
      form[at + i] += a[i] * throughB + b[i] * throughA;
      double across = 0.5 * p[i] * (a[i] * b[n] + a[n] * b[i]);
      form[at + n] = across;
      form[n * stride + i] = across;
      own += qx[i] * (a[n] * b[i] + b[n] * a[i]);
    }
    form[n * stride + n] = own;
    return form;
  }

  /**
   * Quadruples (a, b, c, d) of four different samples, d from {@code from} on.
   *
   * @param moment of them
   */
  void addQuadruples(int a, int b, int c, int from, int count, double[] moment) {
    double[] u = forms[0];
    double ab = u[a * stride + b];
    double ac = u[a * stride + c];
    double bc = u[b * stride + c];
    double onA = loops.dot(u, a * stride + from, moment, 0, count);
    double onB = loops.dot(u, b * stride + from, moment, 0, count);
    double onC = loops.dot(u, c * stride + from, moment, 0, count);
    sums[0] += 8 * (ab * onC + ac * onB + bc * onA);
    for (int k = 1; k < forms.length; k++) {
      double[] v = forms[k];
      along[0] = loops.dot(v, a * stride + from, moment, 0, count);
      along[1] = loops.dot(v, b * stride + from, moment, 0, count);
      along[2] = loops.dot(v, c * stride + from, moment, 0, count);
      sums[k] +=
          4
              * (v[a * stride + b] * onC
                  + v[a * stride + c] * onB
                  + v[b * stride + c] * onA
                  + ab * along[2]
                  + ac * along[1]
                  + bc * along[0]);
    }
  }

  /**
   * Quadruples with sample d twice or more and training samples else.
   *
   * @param tau ⟨σ_d²σ_aσ_b⟩ over training samples other than d, laid out like the tables; zero
   *     elsewhere
   * @param cubes ⟨σ_d³σ_a⟩ over training samples other than d, zero elsewhere
   * @param fourth ⟨σ_d⁴⟩
   */
  void addApex(int d, double[] tau, double[] cubes, double fourth) {
    double[] u = forms[0];
    int row = d * stride;
    double udd = u[row + d];
    double all = loops.dot(u, 0, tau, 0, n * stride);
    for (int a = 0; a < n; a++) {
      vector[a] = loops.dot(tau, a * stride, u, row, n);
    }
    double third = loops.dot(cubes, 0, u, row, n);
    for (int k = 0; k < forms.length; k++) {
      double[] v = forms[k];
      double vdd = v[row + d];
      double sum =
          udd * (k == 0 ? all : loops.dot(v, 0, tau, 0, n * stride))
              + vdd * all
              + 4 * loops.dot(vector, 0, v, row, n);
      for (int a = 0; a < n; a++) {
        int aa = a * stride + a;
        sum -= 0.5 * tau[aa] * (udd * v[aa] + u[aa] * vdd + 4 * u[row + a] * v[row + a]);
      }
      sum += 2 * (udd * (k == 0 ? third : loops.dot(cubes, 0, v, row, n)) + vdd * third);
      sums[k] += sum + fourth * udd * vdd;
    }
  }

  /**
   * Quadruples with training sample d twice or more and x once or twice.
   *
   * @param moment ⟨σ_d²σ_xσ_a⟩ over training samples, d among them, then ⟨σ_d²σ_x²⟩
   */
  void addMixed(int d, double[] moment) {
    double[] u = forms[0];
    int row = d * stride;
    int rowX = n * stride;
    double udd = u[row + d];
    double udx = u[row + n];
    double uxx = u[rowX + n];
    double onX = loops.dot(u, rowX, moment, 0, n) - u[rowX + d] * moment[d];
    double onD = loops.dot(u, row, moment, 0, n) - udd * moment[d];
    for (int k = 0; k < forms.length; k++) {
      double[] v = forms[k];
      double vdd = v[row + d];
      double vdx = v[row + n];
      double vOnX = k == 0 ? onX : loops.dot(v, rowX, moment, 0, n) - v[rowX + d] * moment[d];
      double vOnD = k == 0 ? onD : loops.dot(v, row, moment, 0, n) - vdd * moment[d];
      sums[k] +=
          2 * (udd * vOnX + vdd * onX)
              + 4 * (onD * vdx + udx * vOnD)
              + 0.5 * moment[n] * (udd * v[rowX + n] + uxx * vdd + 4 * udx * vdx)
              + 2 * moment[d] * (udd * vdx + udx * vdd);
    }
    // (d, d, x, x) is counted half here and half with x for its apex.
  }

  /** Cov(Σ U⁰_ab σ_aσ_b, Σ U^k_ab σ_aσ_b) for each form k, when all quadruples are added. */
  double[] covariances() {
    double[] covariances = new double[sums.length];
    double first = mean(forms[0]);
    for (int k = 0; k < sums.length; k++) {
      covariances[k] = sums[k] - first * mean(forms[k]);
    }
    return covariances;
  }

  /** Σ U_ab F_ab. */
  private double mean(double[] form) {
    return loops.dot(form, 0, t.f, 0, n * stride)
        + 2 * loops.dot(form, n * stride, f, 0, n)
        + form[n * stride + n] * fxx;
  }
}
