package finitewidth.inference.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The loops of the Vector API and the plain ones have the same bits, and the sums they stand for.
 */
class PanelLoopsTest {
  private static final int N = 60;
  private static final int STRIDE = 68;

  private final PanelLoops vector = VectorPanelLoops.create();
  private final PanelLoops scalar = new ScalarPanelLoops();
  private final FourPoint moments = moments();
  private final double[] p = table(1);
  private final double[] weight = table(2);

  private static FourPoint moments() {
    Matrix points = Problems.gaussian(N + 1, 5, 3);
    Matrix kernel = Matrix.zeros(N + 1, N + 1);
    for (int a = 0; a <= N; a++) {
      for (int b = 0; b <= N; b++) {
        for (int c = 0; c < 5; c++) {
          kernel.add(a, b, points.get(a, c) * points.get(b, c));
        }
      }
    }
    return Activations.withFourPoints("linear").orElseThrow().fourPoint(kernel, 1e-9);
  }

  private static double[] table(long seed) {
    Matrix random = Problems.gaussian(N, N, seed);
    double[] table = new double[N * STRIDE];
    for (int a = 0; a < N; a++) {
      for (int b = 0; b < N; b++) {
        table[a * STRIDE + b] = random.get(Math.min(a, b), Math.max(a, b));
      }
    }
    return table;
  }

  @ParameterizedTest
  @CsvSource({
    "16, 24, 16, 60",
    "16, 24, 16, 47",
    "16, 23, 40, 60",
    "16, 17, 16, 18",
    "56, 60, 56, 60",
    "16, 24, 21, 22",
    "0, 8, 0, 60"
  })
  void pairsOfQuadruples(int k0, int k1, int l0, int l1) {
    Tile.Rectangle others = new Tile.Rectangle(k0, k1, l0, l1);
    double[] bySix = new double[N * STRIDE];
    double[] sums = new double[N * STRIDE];
    double[] plainSums = new double[N * STRIDE];
    // One panel for all, as in a tile: what an earlier pair has left must not show.
    Panel panel = dirtyPanel();
    Panel plainPanel = dirtyPanel();
    for (int i = 0; i < 3; i++) {
      for (int j = i + 1; j < 20; j++) {
        if (others.rows(j) > 0) {
          run(vector, panel, others, i, j, sums);
          run(scalar, plainPanel, others, i, j, plainSums);
          expect(others, i, j, bySix);
        }
      }
    }
    for (int a = 0; a < N; a++) {
      for (int b = a + 1; b < N; b++) {
        int at = a * STRIDE + b;
        assertThat(sums[at]).isEqualTo(plainSums[at]);
        assertThat(sums[at]).isCloseTo(bySix[at], within(1e-12 * scale(bySix)));
      }
    }
  }

  private void run(
      PanelLoops loops, Panel panel, Tile.Rectangle others, int i, int j, double[] sums) {
    panel.fill(moments, i, j, j, others);
    loops.dress(panel, p, STRIDE, p, i * STRIDE, j);
    loops.addPairs(panel, weight, sums, STRIDE, i, j, panel.straight, panel.crossed, panel.twisted);
  }

  private void expect(Tile.Rectangle others, int i, int j, double[] sums) {
    double[] m = new double[1];
    for (int k = Math.max(others.k0(), j + 1); k < others.k1(); k++) {
      for (int l = Math.max(others.l0(), k + 1); l < others.l1(); l++) {
        moments.distinct(i, j, k, l, l + 1, m);
        int[] of = {i, j, k, l};
        for (int a = 0; a < 4; a++) {
          for (int b = a + 1; b < 4; b++) {
            int c = 0;
            while (c == a || c == b) {
              c++;
            }
            int d = 6 - a - b - c;
            sums[of[a] * STRIDE + of[b]] +=
                w(weight, of[c], of[d])
                    * (w(p, of[a], of[c]) * w(p, of[b], of[d])
                        + w(p, of[a], of[d]) * w(p, of[b], of[c]))
                    * m[0];
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"16, 24, 16, 60", "16, 24, 16, 47", "16, 23, 40, 60", "56, 60, 56, 60"})
  void pairsOfAFurtherSample(int k0, int k1, int l0, int l1) {
    Tile.Rectangle others = new Tile.Rectangle(k0, k1, l0, l1);
    double[] own = Arrays.copyOf(Problems.gaussian(1, N, 7).data(), STRIDE);
    double[] sums = new double[STRIDE];
    double[] plainSums = new double[STRIDE];
    double[] expected = new double[STRIDE];
    Panel panel = dirtyPanel();
    double[] m = new double[1];
    for (int j = 0; others.rows(j) > 0; j++) {
      panel.fill(moments, N, j, j, others);
      scalar.dress(panel, p, STRIDE, own, 0, j);
      scalar.addEnds(
          panel, weight, plainSums, STRIDE, j, panel.straight, panel.crossed, panel.twisted);
      vector.dress(panel, p, STRIDE, own, 0, j);
      vector.addEnds(panel, weight, sums, STRIDE, j, panel.straight, panel.crossed, panel.twisted);
      for (int k = Math.max(k0, j + 1); k < k1; k++) {
        for (int l = Math.max(l0, k + 1); l < l1; l++) {
          moments.distinct(N, j, k, l, l + 1, m);
          double jk = own[l] * w(p, j, k);
          double jl = own[k] * w(p, j, l);
          double kl = own[j] * w(p, k, l);
          expected[j] += w(weight, k, l) * (jl + jk) * m[0];
          expected[k] += w(weight, j, l) * (kl + jk) * m[0];
          expected[l] += w(weight, j, k) * (kl + jl) * m[0];
        }
      }
    }
    assertThat(Arrays.copyOf(sums, N)).isEqualTo(Arrays.copyOf(plainSums, N));
    for (int a = 0; a < N; a++) {
      assertThat(sums[a]).isCloseTo(expected[a], within(1e-12 * scale(expected)));
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "3", "4", "5", "15", "16", "17", "31", "58"})
  void dots(int length) {
    double sum = 0;
    for (int k = 0; k < length; k++) {
      sum += p[3 + k] * weight[STRIDE + k];
    }
    double dot = vector.dot(p, 3, weight, STRIDE, length);
    assertThat(dot).isEqualTo(scalar.dot(p, 3, weight, STRIDE, length));
    assertThat(dot).isCloseTo(sum, within(1e-13));
  }

  private static Panel dirtyPanel() {
    Panel panel = new Panel(8, 60);
    Arrays.fill(panel.moment, 1e100);
    return panel;
  }

  private static double w(double[] table, int a, int b) {
    return table[a * STRIDE + b];
  }

  private static double scale(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}
