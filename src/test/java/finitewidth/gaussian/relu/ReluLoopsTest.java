package finitewidth.gaussian.relu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.lanes.Lanes;
import finitewidth.linalg.Matrix;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scalar and the vector form of the ReLU moments, and how blocks are cut. */
class ReluLoopsTest {
  private static final int N = 90;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 40})
  void vectorsHaveTheBitsOfScalars(int rank) {
    assumeThat(Lanes.available()).isTrue();
    Matrix kernel = kernel(new Random(rank), rank);
    double[] scalar =
        block(new ReluFourPoint(kernel, ReluLoops.scalars(), new AngleNodes(1e-9)), 2, N);
    double[] vector =
        block(new ReluFourPoint(kernel, ReluLoops.vectors(), new AngleNodes(1e-9)), 2, N);
    assertThat(Arrays.equals(scalar, vector)).isTrue();
    assertThat(Arrays.stream(scalar).allMatch(Double::isFinite)).isTrue();
  }

  /** A block of more moments than a chunk and the pool hold, against rows of its own. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void blocksAreRows(boolean vector) {
    assumeThat(!vector || Lanes.available()).isTrue();
    ReluLoops passes = vector ? ReluLoops.vectors() : ReluLoops.scalars();
    Matrix kernel = kernel(new Random(7), 4);
    FourPoint four = new ReluFourPoint(kernel, passes, new AngleNodes(1e-9));
    double[] block = block(four, 2, N);
    double[] row = new double[N];
    for (int c = 2; c + 1 < N; c++) {
      four.distinct(0, 1, c, c + 1, N, row);
      for (int d = c + 1; d < N; d++) {
        assertThat(block[(c - 2) * N + d - 2]).isEqualTo(row[d - c - 1]);
      }
    }
    double[] corner = new double[N * N];
    Arrays.fill(corner, Double.NaN);
    four.block(0, 1, 30, 47, 40, 53, corner, 20);
    for (int c = 30; c < 47; c++) {
      for (int d = 40; d < 60; d++) {
        double found = corner[(c - 30) * 20 + d - 40];
        if (d > c && d < 53) {
          assertThat(found).isEqualTo(block[(c - 2) * N + d - 2]);
        } else {
          assertThat(found).isNaN();
        }
      }
    }
  }

  private static double[] block(FourPoint four, int from, int to) {
    double[] out = new double[(to - from) * N];
    four.block(0, 1, from, to, from, to, out, N);
    return out;
  }

  /** Gaussian points of that many dimensions, among them close, opposite, equal and zero ones. */
  private static Matrix kernel(Random random, int rank) {
    double[][] x = new double[N][rank];
    for (int i = 0; i < N; i++) {
      for (int k = 0; k < rank; k++) {
        x[i][k] = random.nextGaussian();
      }
      int other = random.nextInt(i + 1);
      double noise = Math.pow(10, -1 - 8 * random.nextDouble());
      switch (i % 6) {
        case 1 -> copy(x, other, i, 1, noise, random);
        case 2 -> copy(x, other, i, -1, noise, random);
        case 3 -> copy(x, other, i, 1, 0, random);
        default -> {}
      }
    }
    Arrays.fill(x[17], 0);
    Matrix kernel = Matrix.zeros(N, N);
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        double sum = 0;
        for (int k = 0; k < rank; k++) {
          sum += x[i][k] * x[j][k];
        }
        kernel.set(i, j, sum);
      }
    }
    return kernel;
  }

  private static void copy(
      double[][] x, int from, int to, double sign, double noise, Random random) {
    for (int k = 0; k < x[to].length; k++) {
      x[to][k] = sign * x[from][k] + noise * random.nextGaussian();
    }
  }
}
