package finitewidth.gaussian.relu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.gaussian.lanes.GaussLegendre;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.GoldenMoments;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** ReLU moments of singular kernels z = L g against integrals over the directions of g. */
public class ReluDegenerateTest {
  private static final ReluActivation RELU = new ReluActivation();

  @Test
  void goldenRankTwoKernel() {
    GoldenMoments.Four golden =
        GoldenMoments.fourPoint().stream()
            .filter(four -> four.activation().equals("relu"))
            .filter(four -> four.kind().equals("rank_two"))
            .findFirst()
            .orElseThrow();
    // The integral over the angle, by mpmath with 30 digits, and the file's own value.
    assertThat(moment(golden.kernel())).isCloseTo(0.0011101380796584109, within(1e-15));
    assertThat(golden.moment()).isCloseTo(0.0011101380796584109, within(1e-18));
  }

  @Test
  void rankOne() {
    double[] size = {0.3, 1.7, 0.9, 1.1};
    double all = 1.5 * 0.3 * 1.7 * 0.9 * 1.1;
    for (int signs = 0; signs < 16; signs++) {
      double[][] factor = new double[4][1];
      for (int i = 0; i < 4; i++) {
        factor[i][0] = size[i] * ((signs >> i & 1) == 0 ? 1 : -1);
      }
      double expected = signs == 0 || signs == 15 ? all : 0;
      assertThat(moment(gram(factor))).isCloseTo(expected, within(2e-13 * all));
    }
  }

  @Test
  void rankTwo() {
    Random random = new Random(3);
    for (int trial = 0; trial < 200; trial++) {
      double[][] factor = gaussian(random, 2);
      // Merging, opposite and collinear points too.
      if (trial % 4 == 1) {
        factor[1] = factor[0].clone();
      } else if (trial % 4 == 2) {
        factor[2] = new double[] {-2 * factor[0][0], -2 * factor[0][1]};
      } else if (trial % 4 == 3) {
        factor[3] = new double[] {factor[0][0] * 3, factor[0][1] * 3 + 1e-7};
        factor[1] = factor[2].clone();
      }
      assertThat(moment(gram(factor)) / scale(factor))
          .isCloseTo(planar(factor) / scale(factor), within(1e-12));
    }
  }

  @Test
  void rankThree() {
    Random random = new Random(4);
    for (int trial = 0; trial < 60; trial++) {
      double[][] factor = gaussian(random, 3);
      if (trial % 3 == 1) {
        factor[3] = factor[1].clone();
      } else if (trial % 3 == 2) {
        Arrays.setAll(factor[3], i -> -factor[1][i]);
      }
      assertThat(moment(gram(factor)) / scale(factor))
          .isCloseTo(spatial(factor) / scale(factor), within(1e-9));
    }
  }

  @Test
  void zeroInputs() {
    double[][] factor = gaussian(new Random(5), 3);
    factor[2] = new double[3];
    assertThat(moment(gram(factor))).isZero();
    double[] out = new double[4];
    RELU.fourPoint(gram(factor), 1e-9).paired(2, 2, 0, 4, out);
    assertThat(out).containsOnly(0);
    RELU.fourPoint(gram(factor), 1e-9).paired(0, 2, 0, 4, out);
    assertThat(out).containsOnly(0);
  }

  private static double moment(Matrix kernel) {
    double[] out = new double[1];
    RELU.fourPoint(kernel, 1e-12).distinct(0, 1, 2, 3, 4, out);
    return out[0];
  }

  /**
   * E r⁴ = 8 times the mean over the directions; between the directions where one factor vanishes
   * the product of four cosines is elementary.
   */
  private static double planar(double[][] factor) {
    double[] edges = new double[10];
    for (int i = 0; i < 4; i++) {
      double zero = Math.atan2(-factor[i][0], factor[i][1]);
      edges[2 * i] = zero;
      edges[2 * i + 1] = zero > 0 ? zero - Math.PI : zero + Math.PI;
    }
    edges[8] = -Math.PI;
    edges[9] = Math.PI;
    Arrays.sort(edges);
    // The product is a trigonometric polynomial of degree 4: 20 Gauss nodes are exact.
    GaussLegendre rule = GaussLegendre.of(20);
    double sum = 0;
    for (int e = 0; e < 9; e++) {
      double width = edges[e + 1] - edges[e];
      for (int i = 0; i < 20; i++) {
        double t = edges[e] + width * rule.nodes()[i];
        sum += width * rule.weights()[i] * product(factor, Math.cos(t), Math.sin(t), 0);
      }
    }
    return 8 * sum / (2 * Math.PI);
  }

  /**
   * The radius gives ⟨r⁴⟩ = 15 times the mean over the sphere. Each meridian is cut where a factor
   * vanishes, and the longitudes where two of these cuts meet.
   */
  private static double spatial(double[][] factor) {
    double[] longitudes = new double[14];
    int count = 0;
    for (int i = 0; i < 4; i++) {
      for (int j = i + 1; j < 4; j++) {
        double[] u = factor[i];
        double[] v = factor[j];
        double meeting = Math.atan2(u[2] * v[0] - u[0] * v[2], u[1] * v[2] - u[2] * v[1]);
        longitudes[count++] = meeting;
        longitudes[count++] = meeting > 0 ? meeting - Math.PI : meeting + Math.PI;
      }
    }
    longitudes[12] = -Math.PI;
    longitudes[13] = Math.PI;
    Arrays.sort(longitudes);
    GaussLegendre rule = GaussLegendre.of(GaussLegendre.LARGEST);
    double total = 0;
    for (int e = 0; e < 13; e++) {
      double width = longitudes[e + 1] - longitudes[e];
      for (int i = 0; i < rule.nodes().length; i++) {
        // Clustered at both ends, where the cut of a nearly polar factor turns quickly.
        double t = rule.nodes()[i];
        double longitude = longitudes[e] + width * t * t * (3 - 2 * t);
        total += width * 6 * t * (1 - t) * rule.weights()[i] * meridian(factor, longitude);
      }
    }
    return 15 * total / (4 * Math.PI);
  }

  /** ∫_0^π of the product over (sin u cos φ, sin u sin φ, cos u) sin u du. */
  private static double meridian(double[][] factor, double longitude) {
    double x = Math.cos(longitude);
    double y = Math.sin(longitude);
    double[] cuts = new double[6];
    cuts[1] = Math.PI;
    for (int i = 0; i < 4; i++) {
      double cut = Math.atan2(-factor[i][2], factor[i][0] * x + factor[i][1] * y);
      cuts[2 + i] = cut < 0 ? cut + Math.PI : cut;
    }
    Arrays.sort(cuts);
    GaussLegendre rule = GaussLegendre.of(20);
    double sum = 0;
    for (int e = 0; e < 5; e++) {
      double width = cuts[e + 1] - cuts[e];
      for (int i = 0; i < 20; i++) {
        double u = cuts[e] + width * rule.nodes()[i];
        double sine = Math.sin(u);
        double product = product(factor, sine * x, sine * y, Math.cos(u));
        sum += width * rule.weights()[i] * sine * product;
      }
    }
    return sum;
  }

  private static double product(double[][] factor, double x, double y, double z) {
    double product = 1;
    for (double[] row : factor) {
      double value = row[0] * x + row[1] * y + (row.length > 2 ? row[2] * z : 0);
      product *= Math.max(value, 0);
    }
    return product;
  }

  private static double scale(double[][] factor) {
    double scale = 1.5;
    for (double[] row : factor) {
      scale *= Math.sqrt(Arrays.stream(row).map(x -> x * x).sum());
    }
    return scale;
  }

  private static double[][] gaussian(Random random, int rank) {
    double[][] factor = new double[4][rank];
    for (double[] row : factor) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return factor;
  }

  private static Matrix gram(double[][] factor) {
    Matrix kernel = Matrix.zeros(4, 4);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        for (int k = 0; k < factor[i].length; k++) {
          kernel.add(i, j, factor[i][k] * factor[j][k]);
        }
      }
    }
    return kernel;
  }
}
