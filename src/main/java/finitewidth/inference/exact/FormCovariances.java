package finitewidth.inference.exact;

import finitewidth.gaussian.FourPoint;
import finitewidth.inference.ContractionProblem;
import finitewidth.linalg.Matrix;
import finitewidth.prior.SampleRow;
import java.util.Arrays;
import java.util.List;

/**
 * Covariances of quadratic forms of the output's stochastic kernel over the training samples and
 * one further sample x: V_(uu)(uv) = Σ u_a u_b u_c v_d V_(ab)(cd) for vectors u and v over them, by
 * source layer.
 *
 * <p>Here x stands under the sums as well, and the weights belong to x: all quadruples of training
 * samples are needed for every row, P⁴/24 + P³/6 of them. Their moments are computed once for a
 * block of rows, and every moment then costs a row three products for each form. Belongs to one
 * thread.
 */
public final class FormCovariances {
  private final ExactProblem exact;
  private final ContractionProblem problem;
  private final SourceTables[] tables;
  private final FourPoint[] fourPoints;
  private final PanelLoops loops = PanelLoops.fastest();
  private final int n;
  private final int stride;
  private final double[] moment;
  private final double[] cubes;
  private final double[] tau;

  public FormCovariances(ExactProblem exact) {
    this.exact = exact;
    problem = exact.problem();
    tables = exact.tables();
    fourPoints = exact.fourPoints();
    n = problem.size();
    stride = tables[0].stride;
    moment = new double[stride];
    cubes = new double[stride];
    tau = new double[n * stride];
  }

  /**
   * A further sample and its vectors.
   *
   * @param flow x, followed
   * @param u over the training samples, then x
   * @param v vectors of the same shape
   */
  public record Row(SampleRow flow, double[] u, double[][] v) {}

  /**
   * Computes a block of rows; a row has the same bits in any block.
   *
   * @return [row][source layer][form]: the coefficient of 1/n_s of V_(uu)(uu), then of V_(uu)(uv)
   *     for each v
   */
  public double[][][] of(List<Row> rows) {
    double[][][] result = new double[rows.size()][tables.length][];
    for (int s = 0; s < tables.length; s++) {
      RowForms[] forms = new RowForms[rows.size()];
      for (int r = 0; r < forms.length; r++) {
        Row row = rows.get(r);
        forms[r] = new RowForms(tables[s], row.flow(), s, row.u(), row.v(), loops);
      }
      addTraining(fourPoints[s], forms);
      double weight = problem.flow().architecture().weightVariance(s + 1);
      for (int r = 0; r < forms.length; r++) {
        addFurther(exact.fourPoint(extended(rows.get(r).flow(), s)), forms[r]);
        double[] covariances = forms[r].covariances();
        for (int k = 0; k < covariances.length; k++) {
          covariances[k] *= weight * weight;
        }
        result[r][s] = covariances;
      }
    }
    return result;
  }

  private Matrix extended(SampleRow row, int s) {
    Matrix training = problem.flow().kernel(s);
    Matrix kernel = Matrix.zeros(n + 1, n + 1);
    for (int a = 0; a < n; a++) {
      System.arraycopy(training.data(), a * n, kernel.data(), a * (n + 1), n);
      kernel.set(a, n, row.kernel(s)[a]);
      kernel.set(n, a, row.kernel(s)[a]);
    }
    kernel.set(n, n, row.point().kernel(s));
    return kernel;
  }

  /** Quadruples of training samples. */
  private void addTraining(FourPoint fourPoint, RowForms[] rows) {
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        for (int c = b + 1; c + 1 < n; c++) {
          fourPoint.distinct(a, b, c, c + 1, n, moment);
          for (RowForms row : rows) {
            row.addQuadruples(a, b, c, c + 1, n - c - 1, moment);
          }
        }
      }
    }
    for (int d = 0; d < n; d++) {
      fillTau(fourPoint, d);
      fourPoint.cubes(d, 0, n, cubes);
      double fourth = cubes[d];
      cubes[d] = 0;
      for (int a = 0; a < n; a++) {
        tau[d * stride + a] = 0;
        tau[a * stride + d] = 0;
      }
      for (RowForms row : rows) {
        row.addApex(d, tau, cubes, fourth);
      }
    }
  }

  /** Quadruples with x in them, sample n of the moments. */
  private void addFurther(FourPoint fourPoint, RowForms row) {
    for (int b = 0; b < n; b++) {
      for (int c = b + 1; c + 1 < n; c++) {
        fourPoint.distinct(n, b, c, c + 1, n, moment);
        row.addQuadruples(n, b, c, c + 1, n - c - 1, moment);
      }
    }
    for (int d = 0; d < n; d++) {
      fourPoint.paired(d, n, 0, n + 1, moment);
      row.addMixed(d, moment);
    }
    fillTau(fourPoint, n);
    fourPoint.cubes(n, 0, n + 1, moment);
    double fourth = moment[n];
    moment[n] = 0;
    row.addApex(n, tau, moment, fourth);
    Arrays.fill(moment, 0);
  }

  /** τ_ab = ⟨σ_d²σ_aσ_b⟩ over the training samples. */
  private void fillTau(FourPoint fourPoint, int d) {
    for (int a = 0; a < n; a++) {
      fourPoint.paired(d, a, 0, a + 1, moment);
      for (int b = 0; b <= a; b++) {
        tau[a * stride + b] = moment[b];
        tau[b * stride + a] = moment[b];
      }
    }
  }
}
