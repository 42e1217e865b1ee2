package finitewidth.gaussian.erf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.lanes.Lanes;
import finitewidth.linalg.Matrix;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scalar form, the vector form and every way to cut rows give the same bits. */
class ErfLoopsTest {
  private static final int POINTS = 40;

  record Points(String name, Matrix kernel) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Points> points() {
    Stream.Builder<Points> all = Stream.builder();
    for (double size : new double[] {1e-4, 0.1, 1, 10, 1e3}) {
      all.add(new Points("random, size " + size, gram(random(1, 6, size))));
      all.add(new Points("dependent, size " + size, gram(random(2, 2, size))));
      for (double distance : new double[] {1e-2, 1e-5, 1e-9, 0}) {
        double[][] x = random(3, 3, size);
        Random random = new Random(4);
        for (int i = 10; i < POINTS; i++) {
          double sign = random.nextBoolean() ? 1 : -1;
          for (int k = 0; k < 3; k++) {
            x[i][k] = sign * x[i % 10][k] + distance * size * random.nextGaussian();
          }
        }
        all.add(new Points("merging, size " + size + ", distance " + distance, gram(x)));
      }
    }
    double[][] x = random(5, 4, 1);
    for (int i = 0; i < POINTS; i++) {
      for (int k = 0; k < 4; k++) {
        x[i][k] *= Math.pow(10, i % 9 - 4);
      }
    }
    all.add(new Points("unlike sizes", gram(x)));
    all.add(new Points("no variance", Matrix.zeros(POINTS, POINTS)));
    return all.build();
  }

  @ParameterizedTest
  @MethodSource("points")
  void scalarAndVectorFormAgree(Points points) {
    assumeTrue(Lanes.available());
    for (double tolerance : new double[] {1e-3, 1e-9, 1e-14}) {
      FourPoint scalar = new ErfFourPoint(points.kernel(), tolerance, new ScalarErfLoops());
      FourPoint vector = new ErfFourPoint(points.kernel(), tolerance, new VectorErfLoops());
      double[] expected = new double[POINTS * POINTS];
      double[] actual = new double[POINTS * POINTS];
      for (int a = 0; a < 6; a++) {
        scalar.block(a, 6, 7, POINTS, 7, POINTS, expected, POINTS);
        vector.block(a, 6, 7, POINTS, 7, POINTS, actual, POINTS);
        assertThat(actual).isEqualTo(expected);
        assertThat(Arrays.stream(actual)).allMatch(moment -> Math.abs(moment) <= 1 + tolerance);
        scalar.paired(a, 2, 0, POINTS, expected);
        vector.paired(a, 2, 0, POINTS, actual);
        assertThat(actual).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("points")
  void blocksHaveTheBitsOfRows(Points points) {
    FourPoint four = new ErfActivation().fourPoint(points.kernel(), 1e-9);
    int stride = 41;
    double[] block = new double[30 * stride];
    double[] row = new double[1];
    for (int[] limits : new int[][] {{2, 30, 2, POINTS}, {5, 9, 20, 31}, {20, 30, 3, 24}}) {
      Arrays.fill(block, -7);
      four.block(0, 1, limits[0], limits[1], limits[2], limits[3], block, stride);
      for (int i = 0; i < block.length; i++) {
        int c = limits[0] + i / stride;
        int d = limits[2] + i % stride;
        if (c < limits[1] && d < limits[3] && d > c) {
          four.distinct(0, 1, c, d, d + 1, row);
          assertThat(block[i]).isEqualTo(row[0]);
        } else {
          assertThat(block[i]).isEqualTo(-7);
        }
      }
    }
  }

  @Test
  void preferredFormFollowsTheModule() {
    assertThat(ErfLoops.preferred())
        .isInstanceOf(Lanes.available() ? VectorErfLoops.class : ScalarErfLoops.class);
  }

  private static double[][] random(long seed, int rank, double size) {
    Random random = new Random(seed);
    double[][] x = new double[POINTS][rank];
    for (double[] row : x) {
      for (int k = 0; k < rank; k++) {
        row[k] = size * random.nextGaussian();
      }
    }
    return x;
  }

  private static Matrix gram(double[][] x) {
    Matrix kernel = Matrix.zeros(POINTS, POINTS);
    for (int i = 0; i < POINTS; i++) {
      for (int j = 0; j < POINTS; j++) {
        double sum = 0;
        for (int k = 0; k < x[i].length; k++) {
          sum += x[i][k] * x[j][k];
        }
        kernel.set(i, j, sum);
      }
    }
    return kernel;
  }
}
