package finitewidth.prior;

import finitewidth.gaussian.FourPoint;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;

/**
 * The whole four-point vertex V_(ab)(cd) at the output, dense, for a few samples: what the flow's
 * tables show and what the blocked contraction is tested against.
 *
 * <p>V = Σ_s (C_W²/n_s) T^s Cov_{K^s}(σσ, σσ) T^sᵀ (docs/theory.md#unrolled-form), a matrix over
 * unordered pairs; O(N⁴) memory and O(N⁴ H) time, so N up to about 64.
 */
public final class DenseVertex {
  private DenseVertex() {}

  /**
   * The coefficient of 1/n_s in V: a matrix over {@link PairIndex pairs}, symmetric.
   *
   * @param fourPoint the moments of hidden layer s
   */
  public static Matrix coefficient(SampleFlow flow, int s, FourPoint fourPoint) {
    Matrix covariance = covariance(flow, s, fourPoint);
    Matrix dressed = dressRows(flow, s, dressRows(flow, s, covariance).transpose());
    double weight = flow.architecture().weightVariance(s + 1);
    Matrix result = Matrix.zeros(dressed.rows(), dressed.cols());
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] = weight * weight * dressed.data()[i];
    }
    return result;
  }

  /**
   * Cov(σ_aσ_b, σ_cσ_d) in hidden layer s over all pairs of pairs; each moment is computed once.
   */
  private static Matrix covariance(SampleFlow flow, int s, FourPoint fourPoint) {
    int n = flow.size();
    Matrix covariance = Matrix.zeros(PairIndex.count(n), PairIndex.count(n));
    double[] row = new double[n];
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        for (int c = b + 1; c + 1 < n; c++) {
          fourPoint.distinct(a, b, c, c + 1, n, row);
          for (int d = c + 1; d < n; d++) {
            spread(covariance, row[d - c - 1], a, b, c, d);
          }
        }
      }
      for (int c = 0; c < n; c++) {
        fourPoint.paired(a, c, c, n, row);
        for (int d = c; d < n; d++) {
          spread(covariance, row[d - c], a, a, c, d);
        }
      }
    }
    double[] mean = new double[PairIndex.count(n)];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b <= a; b++) {
        mean[PairIndex.of(a, b)] = flow.moment(s).get(a, b);
      }
    }
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < mean.length; j++) {
        covariance.add(i, j, -mean[i] * mean[j]);
      }
    }
    return covariance;
  }

  private static void spread(Matrix target, double moment, int a, int b, int c, int d) {
    place(target, moment, PairIndex.of(a, b), PairIndex.of(c, d));
    place(target, moment, PairIndex.of(a, c), PairIndex.of(b, d));
    place(target, moment, PairIndex.of(a, d), PairIndex.of(b, c));
  }

  private static void place(Matrix target, double moment, int i, int j) {
    target.set(i, j, moment);
    target.set(j, i, moment);
  }

  /** T applied to the first pair index. */
  private static Matrix dressRows(SampleFlow flow, int s, Matrix x) {
    int n = flow.size();
    int cols = x.cols();
    Matrix dressed = Matrix.zeros(x.rows(), cols);
    for (int a = 0; a < n; a++) {
      for (int b = 0; b <= a; b++) {
        int to = PairIndex.of(a, b);
        addRow(dressed, to, flow.p(s).get(a, b), x, to);
        if (a != b) {
          addRow(dressed, to, flow.q(s).get(a, b), x, PairIndex.of(a, a));
          addRow(dressed, to, flow.q(s).get(b, a), x, PairIndex.of(b, b));
        }
      }
    }
    return dressed;
  }

  private static void addRow(Matrix target, int to, double factor, Matrix source, int from) {
    int cols = target.cols();
    for (int j = 0; j < cols; j++) {
      target.data()[to * cols + j] += factor * source.data()[from * cols + j];
    }
  }
}
