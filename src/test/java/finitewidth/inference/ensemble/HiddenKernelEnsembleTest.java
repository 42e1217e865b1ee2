package finitewidth.inference.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.exact.Fit;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.HiddenKernel;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hidden kernels given the data against the weighted average over drawn networks: what first order
 * leaves of them falls as 1/n², for every hidden layer.
 *
 * <p>Averages are intercepts of regressions on what each layer's neurons deviate by, of which the
 * mean is exactly zero.
 */
@Tag("slow")
class HiddenKernelEnsembleTest {
  private static final int P = SmallEnsemble.P;
  private static final int PAIRS = P * (P + 1) / 2;
  private static final int GROUPS = 16;

  @ParameterizedTest
  @ValueSource(strings = {"relu", "erf"})
  void remainderIsOfSecondOrder(String activation) {
    SmallEnsemble small = SmallEnsemble.of(activation);
    EnsembleProblem problem = small.problem();
    List<HiddenKernel> kernels =
        Fit.hiddenKernels(small.network(), small.training(), small.targets(), SmallEnsemble.NOISE);
    int[] widths = {16, 32, 64};
    double[][] left = new double[2][widths.length];
    double[][] error = new double[2][widths.length];
    double[][] shift = new double[2][widths.length];
    for (int w = 0; w < widths.length; w++) {
      double[][] groups = new double[GROUPS][];
      for (int g = 0; g < GROUPS; g++) {
        groups[g] = average(problem, kernels, widths[w], g, 8000);
      }
      Widths width = Widths.uniform(2, widths[w]);
      for (int h = 0; h < 2; h++) {
        double squares = 0;
        for (int k = 0; k < PAIRS; k++) {
          double mean = 0;
          double meanSquare = 0;
          for (double[] group : groups) {
            mean += group[h * PAIRS + k] / GROUPS;
            meanSquare += group[h * PAIRS + k] * group[h * PAIRS + k] / GROUPS;
          }
          int a = row(k);
          int b = k - a * (a + 1) / 2;
          double first =
              kernels.get(h).priorShift(width, a, b) + kernels.get(h).posteriorShift(width, a, b);
          left[h][w] += Math.pow(mean - first, 2);
          squares += (meanSquare - mean * mean) / (GROUPS - 1);
          shift[h][w] += Math.pow(kernels.get(h).posteriorShift(width, a, b), 2);
        }
        shift[h][w] = Math.sqrt(shift[h][w]);
        left[h][w] = Math.sqrt(Math.max(0, left[h][w] - squares));
        error[h][w] = Math.sqrt(squares);
      }
    }
    for (int h = 0; h < 2; h++) {
      String what =
          activation
              + " layer "
              + h
              + ": left "
              + Arrays.toString(left[h])
              + " ± "
              + Arrays.toString(error[h])
              + " of "
              + Arrays.toString(shift[h]);
      // What is left of the shifts falls by four with every doubling of the width, where the noise
      // is still well below it; a wrong coefficient would leave a half ...
      assertThat(error[h][1]).as(what).isLessThan(0.8 * left[h][1]);
      double slope = Math.log(left[h][1] / left[h][0]) / Math.log(2);
      assertThat(slope).as(what).isBetween(-2.7, -1.5);
      // ... and is little at the widest.
      assertThat(left[h][2]).as(what).isLessThan(0.25 * shift[h][2]);
    }
  }

  private static int row(int pair) {
    int a = 0;
    while ((a + 1) * (a + 2) / 2 <= pair) {
      a++;
    }
    return a;
  }

  /** The weighted mean of Ĝ − K by layer and pair, over one batch of networks. */
  private static double[] average(
      EnsembleProblem problem, List<HiddenKernel> kernels, int width, int batch, int draws) {
    NetworkDraw network = new NetworkDraw(problem, new int[] {width, width});
    Normals normals = new Normals(17, width, batch);
    Pairs pairs = problem.pairs();
    double[] quantities = new double[problem.quantities().count()];
    int regressors = 1 + 2 * PAIRS + PAIRS * PAIRS;
    int wanted = 1 + 2 * PAIRS;
    Matrix gram = Matrix.zeros(regressors, regressors);
    Matrix moments = Matrix.zeros(regressors, wanted);
    for (int draw = 0; draw < draws; draw++) {
      network.draw(normals);
      double weight = Math.exp(DrawnKernel.condition(problem, network.kernel(), quantities));
      List<Double> row = new ArrayList<>();
      row.add(1.0);
      double[][] deviation = new double[2][PAIRS];
      for (int h = 0; h < 2; h++) {
        double[] blocks = network.blocks()[h];
        for (int a = 0, k = 0; a < P; a++) {
          for (int b = 0; b <= a; b++, k++) {
            for (int at = 0; at < blocks.length; at += pairs.count()) {
              deviation[h][k] += blocks[at + pairs.at(a, b)];
            }
            row.add(deviation[h][k]);
          }
        }
      }
      // Products of the deviations of different layers have zero mean as well.
      for (int i = 0; i < PAIRS; i++) {
        for (int j = 0; j < PAIRS; j++) {
          row.add(deviation[0][i] * deviation[1][j]);
        }
      }
      double[] values = new double[wanted];
      values[0] = weight;
      for (int h = 0; h < 2; h++) {
        for (int a = 0, k = 0; a < P; a++) {
          for (int b = 0; b <= a; b++, k++) {
            values[1 + h * PAIRS + k] =
                weight * (network.kernel(h)[pairs.at(a, b)] - kernels.get(h).nngp().get(a, b));
          }
        }
      }
      for (int i = 0; i < regressors; i++) {
        for (int j = 0; j <= i; j++) {
          gram.add(i, j, row.get(i) * row.get(j));
        }
        for (int k = 0; k < wanted; k++) {
          moments.add(i, k, row.get(i) * values[k]);
        }
      }
    }
    for (int i = 0; i < regressors; i++) {
      for (int j = 0; j < i; j++) {
        gram.set(j, i, gram.get(i, j));
      }
    }
    Matrix intercepts = Cholesky.of(gram).solve(moments);
    double[] means = new double[2 * PAIRS];
    for (int k = 0; k < means.length; k++) {
      means[k] = intercepts.get(0, 1 + k) / intercepts.get(0, 0);
    }
    return means;
  }
}
