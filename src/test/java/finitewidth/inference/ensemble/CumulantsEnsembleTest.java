package finitewidth.inference.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.Order;
import finitewidth.inference.exact.Fit;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.Cumulants;
import finitewidth.prior.Widths;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Third and fourth cumulants of predictions against those of the exact posterior of finite
 * networks, a mixture of Gaussians over weighted draws: what first order leaves of them falls as
 * 1/n².
 */
@Tag("slow")
class CumulantsEnsembleTest {
  private static final int P = SmallEnsemble.P;
  private static final int PAIRS = (P + 1) * (P + 2) / 2;
  private static final int GROUPS = 16;

  @ParameterizedTest
  @ValueSource(strings = {"relu", "erf"})
  void remainderIsOfSecondOrder(String activation) {
    SmallEnsemble small = SmallEnsemble.of(activation);
    EnsembleProblem problem = small.problem();
    Cumulants first =
        Fit.of(small.network(), small.training(), small.targets(), SmallEnsemble.NOISE)
            .predictor(Order.CUMULANTS)
            .predict(new double[][] {small.tests().row(0)})
            .get(0)
            .cumulants();
    int[] widths = {24, 48, 96};
    double[][] left = new double[2][widths.length];
    double[][] error = new double[2][widths.length];
    double[][] size = new double[2][widths.length];
    for (int w = 0; w < widths.length; w++) {
      double[][] groups = new double[GROUPS][];
      for (int g = 0; g < GROUPS; g++) {
        groups[g] = cumulants(problem, widths[w], g, 8000);
      }
      Widths width = Widths.uniform(2, widths[w]);
      size[0][w] = first.third(width, 0);
      size[1][w] = first.fourth(width);
      for (int k = 0; k < 2; k++) {
        double mean = 0;
        double square = 0;
        for (double[] group : groups) {
          mean += group[k] / GROUPS;
          square += group[k] * group[k] / GROUPS;
        }
        left[k][w] = mean - size[k][w];
        error[k][w] = Math.sqrt((square - mean * mean) / (GROUPS - 1));
      }
    }
    for (int k = 0; k < 2; k++) {
      String what =
          String.format(
              "%s cumulant %d: left %s ± %s of %s",
              activation,
              k + 3,
              Arrays.toString(left[k]),
              Arrays.toString(error[k]),
              Arrays.toString(size[k]));
      double slope = Math.log(left[k][1] / left[k][0]) / Math.log(2);
      double noise = Math.hypot(error[k][0] / left[k][0], error[k][1] / left[k][1]) / Math.log(2);
      assertThat(slope).as(what).isBetween(-2.4 - 2 * noise, -1.6 + 2 * noise);
      assertThat(Math.abs(left[k][2]))
          .as(what)
          .isLessThan(0.25 * Math.abs(size[k][2]) + 3 * error[k][2]);
      assertThat(error[k][2]).as(what).isLessThan(0.1 * Math.abs(size[k][2]));
    }
  }

  /** κ₃ and κ₄ of one batch, averages being intercepts of regressions on what has zero mean. */
  private static double[] cumulants(EnsembleProblem problem, int width, int batch, int draws) {
    NetworkDraw network = new NetworkDraw(problem, new int[] {width, width});
    Normals normals = new Normals(19, width, batch);
    Pairs pairs = problem.pairs();
    Quantities quantities = problem.quantities();
    double variance = problem.reference().variance()[0];
    double[] value = new double[quantities.count()];
    int regressors = 1 + 2 * PAIRS + PAIRS * PAIRS;
    Matrix gram = Matrix.zeros(regressors, regressors);
    Matrix moments = Matrix.zeros(regressors, 5);
    double[] row = new double[regressors];
    double[][] deviation = new double[2][PAIRS];
    for (int draw = 0; draw < draws; draw++) {
      network.draw(normals);
      double weight = Math.exp(DrawnKernel.condition(problem, network.kernel(), value));
      double m = value[quantities.mean(0, 0)];
      double c = variance + value[quantities.square(0, 0)] - m * m;
      double[] powers = {
        1, m, m * m + c, m * m * m + 3 * m * c, m * m * (m * m + 6 * c) + 3 * c * c
      };
      row[0] = 1;
      for (int h = 0; h < 2; h++) {
        deviations(network.blocks()[h], pairs, deviation[h]);
        System.arraycopy(deviation[h], 0, row, 1 + h * PAIRS, PAIRS);
      }
      for (int i = 0; i < PAIRS; i++) {
        for (int j = 0; j < PAIRS; j++) {
          row[1 + 2 * PAIRS + i * PAIRS + j] = deviation[0][i] * deviation[1][j];
        }
      }
      double[] data = gram.data();
      for (int i = 0; i < regressors; i++) {
        for (int j = 0; j <= i; j++) {
          data[i * regressors + j] += row[i] * row[j];
        }
        for (int k = 0; k < 5; k++) {
          moments.add(i, k, row[i] * weight * powers[k]);
        }
      }
    }
    for (int i = 0; i < regressors; i++) {
      for (int j = 0; j < i; j++) {
        gram.set(j, i, gram.get(i, j));
      }
    }
    double[] m = Cholesky.of(gram).solve(moments).row(0);
    for (int k = 4; k >= 0; k--) {
      m[k] /= m[0];
    }
    double second = m[2] - m[1] * m[1];
    double third = m[3] - 3 * m[1] * m[2] + 2 * Math.pow(m[1], 3);
    double central = m[4] - 4 * m[1] * m[3] + 6 * m[1] * m[1] * m[2] - 3 * Math.pow(m[1], 4);
    return new double[] {third, central - 3 * second * second};
  }

  /** A layer's deviation over all points. */
  private static void deviations(double[] blocks, Pairs pairs, double[] out) {
    Arrays.fill(out, 0);
    for (int at = 0; at < blocks.length; at += pairs.count()) {
      int k = 0;
      for (int a = 0; a <= P; a++) {
        for (int b = 0; b < a; b++, k++) {
          out[k] += blocks[at + pairs.at(a, b)];
        }
        out[k++] += blocks[at + pairs.own(a)];
      }
    }
  }
}
