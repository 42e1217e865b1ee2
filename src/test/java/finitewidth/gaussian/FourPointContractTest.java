package finitewidth.gaussian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.activations.Activations;
import finitewidth.gaussian.relu.ReluActivation;
import finitewidth.linalg.Cholesky;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.PairIndex;
import finitewidth.oracle.GoldenMoments;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every activation's four-point evaluator promises. */
class FourPointContractTest {
  private static final int[][] PERMUTATIONS = {
    {0, 1, 2, 3}, {1, 0, 2, 3}, {0, 2, 1, 3}, {3, 1, 2, 0}, {1, 2, 3, 0}, {2, 3, 0, 1}, {3, 2, 1, 0}
  };

  static List<FourPointActivation> activations() {
    return Stream.concat(
            Activations.namesWithFourPoints().stream()
                .map(n -> Activations.withFourPoints(n).orElseThrow()),
            Stream.of(-0.5, 0.6).map(Activations::leakyRelu))
        .toList();
  }

  static List<GoldenMoments.Four> reluReferences() {
    return GoldenMoments.relu();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void totallySymmetric(FourPointActivation activation) {
    Matrix kernel = kernel(new Random(11), 8, 5, 0);
    FourPoint four = activation.fourPoint(kernel, 1e-12);
    int[] points = {1, 3, 4, 6};
    double reference = distinct(four, points, PERMUTATIONS[0]);
    double scale = scale(activation, kernel, points);
    for (int[] order : PERMUTATIONS) {
      assertThat(distinct(four, points, order)).isCloseTo(reference, within(1e-12 * scale));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void rowLimitsDoNotChangeABit(FourPointActivation activation) {
    Matrix kernel = kernel(new Random(12), 20, 4, 0);
    FourPoint four = activation.fourPoint(kernel, 1e-9);
    double[] row = new double[17];
    four.distinct(0, 1, 2, 3, 20, row);
    double[] pairedRow = new double[20];
    four.paired(3, 5, 0, 20, pairedRow);
    double[] part = new double[17];
    for (int from = 3; from < 20; from += 4) {
      int to = Math.min(from + 5, 20);
      four.distinct(0, 1, 2, from, to, part);
      for (int d = from; d < to; d++) {
        assertThat(part[d - from]).isEqualTo(row[d - 3]);
      }
      four.paired(3, 5, from, to, part);
      for (int d = from; d < to; d++) {
        assertThat(part[d - from]).isEqualTo(pairedRow[d]);
      }
    }
  }

  /** Points 4 to 7 are copies of 0 to 3, so index 4 means point 0 again. */
  @ParameterizedTest
  @MethodSource("activations")
  void pairedIsDistinctAtCopies(FourPointActivation activation) {
    for (int rank : new int[] {2, 3, 6}) {
      Matrix base = kernel(new Random(13 + rank), 4, rank, 0);
      Matrix kernel = Matrix.zeros(16, 16);
      for (int i = 0; i < 16; i++) {
        for (int j = 0; j < 16; j++) {
          kernel.set(i, j, base.get(i % 4, j % 4));
        }
      }
      FourPoint four = activation.fourPoint(kernel, 1e-12);
      double[] paired = new double[4];
      double[] distinct = new double[4];
      for (int a = 0; a < 4; a++) {
        for (int c = 0; c < 4; c++) {
          four.paired(a, c, 0, 4, paired);
          four.distinct(a, a + 4, c + 8, 12, 16, distinct);
          for (int d = 0; d < 4; d++) {
            double scale = scale(activation, kernel, new int[] {a, a, c, d});
            assertThat(paired[d]).isCloseTo(distinct[d], within(1e-12 * scale));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void toleranceIsKept(FourPointActivation activation) {
    Random random = new Random(14);
    for (int trial = 0; trial < 40; trial++) {
      int rank = 1 + random.nextInt(7);
      Matrix kernel = kernel(random, 12, rank, trial % 2 == 0 ? 0 : 1);
      if (trial % 3 == 0) {
        merge(kernel, random);
      }
      double[] exact = new double[9];
      double[] rough = new double[9];
      activation.fourPoint(kernel, 1e-14).distinct(0, 1, 2, 3, 12, exact);
      for (double tolerance : new double[] {1e-3, 1e-6, 1e-9, 1e-12}) {
        activation.fourPoint(kernel, tolerance).distinct(0, 1, 2, 3, 12, rough);
        for (int d = 3; d < 12; d++) {
          double scale = scale(activation, kernel, new int[] {0, 1, 2, d});
          assertThat(rough[d - 3])
              .isCloseTo(exact[d - 3], within(tolerance * scale + 3e-13 * scale));
        }
      }
    }
  }

  /** The covariances of σ_aσ_b, small and large variances, merging and opposite points. */
  @ParameterizedTest
  @MethodSource("activations")
  void covarianceIsPositiveSemidefinite(FourPointActivation activation) {
    Random random = new Random(17);
    for (double size : new double[] {1e-2, 1, 100}) {
      for (int trial = 0; trial < 6; trial++) {
        Matrix kernel = kernel(random, 7, 4, trial % 2 == 0 ? 0 : 1);
        if (trial % 3 != 0) {
          merge(kernel, random);
        }
        for (int i = 0; i < kernel.data().length; i++) {
          kernel.data()[i] *= size;
        }
        Matrix covariance = covariance(activation, kernel);
        double largest = 0;
        for (int p = 0; p < covariance.rows(); p++) {
          largest = Math.max(largest, covariance.get(p, p));
        }
        for (int p = 0; p < covariance.rows(); p++) {
          covariance.add(p, p, 1e-10 * largest);
        }
        assertThat(Cholesky.of(covariance).logDeterminant()).isFinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void agreesWithSampling(FourPointActivation activation) {
    Random random = new Random(15);
    double[][] factor = factor(random, 4, 4);
    Matrix kernel = gram(factor, 0);
    double[] out = new double[1];
    activation.fourPoint(kernel, 1e-9).distinct(0, 1, 2, 3, 4, out);
    int draws = 200_000;
    double sum = 0;
    double squares = 0;
    double[] g = new double[4];
    for (int s = 0; s < draws; s++) {
      for (int k = 0; k < 4; k++) {
        g[k] = random.nextGaussian();
      }
      double product = 1;
      for (double[] row : factor) {
        double z = 0;
        for (int k = 0; k < 4; k++) {
          z += row[k] * g[k];
        }
        product *= activation.value(z);
      }
      sum += product;
      squares += product * product;
    }
    double mean = sum / draws;
    double error = Math.sqrt((squares / draws - mean * mean) / draws);
    assertThat(out[0]).isCloseTo(mean, within(5 * error));
  }

  @ParameterizedTest
  @MethodSource("reluReferences")
  void reluAgreesWithMultiplePrecision(GoldenMoments.Four golden) {
    FourPoint four = new ReluActivation().fourPoint(golden.kernel(), 1e-12);
    int[] points = {0, 1, 2, 3};
    double scale = scale(new ReluActivation(), golden.kernel(), points);
    for (int[] order : PERMUTATIONS) {
      assertThat(distinct(four, points, order) / scale)
          .isCloseTo(golden.moment() / scale, within(1e-12));
    }
  }

  @Test
  void reluIsHomogeneous() {
    Matrix kernel = kernel(new Random(16), 6, 4, 0.1);
    Matrix scaled = kernel.copy();
    double[] factors = {1e-3, 2, 0.5, 7, 1, 30};
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        scaled.set(i, j, kernel.get(i, j) * factors[i] * factors[j]);
      }
    }
    double[] one = new double[3];
    double[] other = new double[3];
    new ReluActivation().fourPoint(kernel, 1e-12).distinct(0, 1, 2, 3, 6, one);
    new ReluActivation().fourPoint(scaled, 1e-12).distinct(0, 1, 2, 3, 6, other);
    for (int d = 0; d < 3; d++) {
      double factor = 1e-3 * factors[3 + d];
      assertThat(other[d]).isCloseTo(factor * one[d], within(1e-12 * factor * one[d]));
    }
  }

  /** Cov(σ_aσ_b, σ_cσ_d) over all pairs. */
  private static Matrix covariance(FourPointActivation activation, Matrix kernel) {
    int pairs = PairIndex.count(kernel.rows());
    FourPoint four = activation.fourPoint(kernel, 1e-12);
    double[] mean = new double[pairs];
    Matrix covariance = Matrix.zeros(pairs, pairs);
    OnePoint one = new OnePoint();
    for (int a = 0; a < kernel.rows(); a++) {
      for (int b = 0; b <= a; b++) {
        double aa = kernel.get(a, a);
        double bb = kernel.get(b, b);
        double ab = kernel.get(a, b);
        TwoPoint two = TwoPoint.of(activation, aa, bb, ab, Math.max(aa + bb - 2 * ab, 0));
        activation.onePoint(aa, one);
        mean[PairIndex.of(a, b)] = a == b ? one.mean : two.mean();
      }
    }
    for (int a = 0; a < kernel.rows(); a++) {
      for (int b = 0; b <= a; b++) {
        for (int c = 0; c < kernel.rows(); c++) {
          for (int d = 0; d <= c; d++) {
            int p = PairIndex.of(a, b);
            int q = PairIndex.of(c, d);
            covariance.set(p, q, moment(four, a, b, c, d) - mean[p] * mean[q]);
          }
        }
      }
    }
    return covariance;
  }

  private static double moment(FourPoint four, int... points) {
    int[] sorted = points.clone();
    Arrays.sort(sorted);
    double[] out = new double[1];
    for (int i = 0; i < 3; i++) {
      if (sorted[i] == sorted[i + 1]) {
        int other = sorted[i == 0 ? 2 : 0];
        int last = sorted[i == 2 ? 1 : 3];
        four.paired(sorted[i], other, last, last + 1, out);
        return out[0];
      }
    }
    four.distinct(sorted[0], sorted[1], sorted[2], sorted[3], sorted[3] + 1, out);
    return out[0];
  }

  private static double distinct(FourPoint four, int[] points, int[] order) {
    double[] out = new double[1];
    int d = points[order[3]];
    four.distinct(points[order[0]], points[order[1]], points[order[2]], d, d + 1, out);
    return out[0];
  }

  /** (⟨σ_a⁴⟩⟨σ_b⁴⟩⟨σ_c⁴⟩⟨σ_d⁴⟩)^¼. */
  private static double scale(FourPointActivation activation, Matrix kernel, int[] points) {
    FourPoint four = activation.fourPoint(kernel, 1e-6);
    double product = 1;
    double[] out = new double[1];
    for (int point : points) {
      four.paired(point, point, point, point + 1, out);
      product *= out[0];
    }
    return Math.pow(product, 0.25);
  }

  /** Makes point 4 nearly point 0, point 5 nearly minus point 1 and point 6 nearly point 4. */
  private static void merge(Matrix kernel, Random random) {
    mix(kernel, 4, 0, 1, Math.pow(10, -8 * random.nextDouble()));
    mix(kernel, 5, 1, -1, Math.pow(10, -8 * random.nextDouble()));
    mix(kernel, 6, 4, 1, Math.pow(10, -8 * random.nextDouble()));
    mix(kernel, 2, 1, 1, Math.pow(10, -8 * random.nextDouble()));
  }

  /** z_i ← weight · z_i + sign · z_j, in the kernel. */
  private static void mix(Matrix kernel, int i, int j, double sign, double weight) {
    int n = kernel.rows();
    for (int k = 0; k < n; k++) {
      kernel.set(i, k, weight * kernel.get(i, k) + sign * kernel.get(j, k));
    }
    for (int k = 0; k < n; k++) {
      kernel.set(k, i, weight * kernel.get(k, i) + sign * kernel.get(k, j));
    }
  }

  private static Matrix kernel(Random random, int n, int rank, double bias) {
    return gram(factor(random, n, rank), bias);
  }

  private static double[][] factor(Random random, int n, int rank) {
    double[][] factor = new double[n][rank];
    for (double[] row : factor) {
      for (int k = 0; k < rank; k++) {
        row[k] = random.nextGaussian() / Math.sqrt(rank);
      }
    }
    return factor;
  }

  private static Matrix gram(double[][] factor, double bias) {
    int n = factor.length;
    Matrix kernel = Matrix.zeros(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = bias;
        for (int k = 0; k < factor[i].length; k++) {
          sum += factor[i][k] * factor[j][k];
        }
        kernel.set(i, j, sum);
      }
    }
    return kernel;
  }
}
