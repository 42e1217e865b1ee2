package finitewidth.gaussian.erf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPoint;
import finitewidth.gaussian.closed.LinearActivation;
import finitewidth.gaussian.relu.ReluActivation;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GELU moments against quadrature, and at both ends of the range of variances. */
class GeluTest {
  private static final GeluActivation GELU = new GeluActivation();
  private static final ReluActivation RELU = new ReluActivation();

  private static final Matrix SOME =
      Matrix.copyOf(
          new double[][] {
            {1.1, 0.4, -0.3, 0.5},
            {0.4, 0.8, 0.1, 0.2},
            {-0.3, 0.1, 1.3, -0.6},
            {0.5, 0.2, -0.6, 0.9}
          });

  private static final int[][] ORDERS = {
    {0, 1, 2, 3}, {1, 0, 2, 3}, {0, 2, 1, 3}, {3, 1, 2, 0}, {1, 2, 3, 0}, {2, 3, 0, 1}
  };

  static List<JsonNode> twoPoint() {
    return Golden.list("/oracle/gelu.json", "two_point");
  }

  static List<JsonNode> fourPoint() {
    return Golden.list("/oracle/gelu.json", "four_point");
  }

  @Test
  void value() {
    // 30-digit values of z Φ(z).
    assertThat(GELU.value(1)).isCloseTo(0.841344746068542949, within(1e-15));
    assertThat(GELU.value(-3)).isCloseTo(-0.00404969409489028358, within(1e-17));
    assertThat(GELU.value(-12) / -2.13177853449321480e-32).isCloseTo(1, within(1e-12));
    assertThat(GELU.value(0)).isZero();
    assertThat(GELU.value(40)).isEqualTo(40);
  }

  @ParameterizedTest
  @MethodSource
  void twoPoint(JsonNode golden) {
    double k11 = golden.get("K11").asDouble();
    double k22 = golden.get("K22").asDouble();
    double k12 = golden.get("K12").asDouble();
    TwoPoint two = TwoPoint.of(GELU, k11, k22, k12, k11 + k22 - 2 * k12);
    double scale = Math.sqrt(k11 * k22);
    assertThat(two.mean()).isCloseTo(golden.get("mean").asDouble(), within(1e-15 * scale));
    String[] names = {"d1", "d2", "dc", "d11", "d22", "d12", "d1c", "d2c", "dcc"};
    double[] ours = {
      two.d1(), two.d2(), two.dc(), two.d11(), two.d22(), two.d12(), two.d1c(), two.d2c(), two.dcc()
    };
    for (int i = 0; i < names.length; i++) {
      double expected = golden.get(names[i]).asDouble();
      assertThat(ours[i]).as(names[i]).isCloseTo(expected, within(2e-15));
    }
  }

  @ParameterizedTest
  @MethodSource
  void fourPoint(JsonNode golden) {
    Matrix kernel = Golden.matrix(golden.get("kernel"));
    double expected = golden.get("moment").asDouble();
    double scale = scale(kernel);
    double largest = 1;
    for (int i = 0; i < 4; i++) {
      largest = Math.max(largest, kernel.get(i, i));
    }
    for (double tolerance : new double[] {1e-3, 1e-6, 1e-9, 1e-12}) {
      FourPoint four = GELU.fourPoint(kernel, tolerance);
      for (int[] order : ORDERS) {
        assertThat(distinct(four, order) / scale)
            .as(golden.get("kind").asText() + " at " + tolerance)
            .isCloseTo(expected / scale, within(tolerance + 1e-14 + 2e-16 * largest));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1e-2, 1, 30, 1e3, 1e5})
  void oneMomentBothWays(double variance) {
    double[] out = new double[1];
    Matrix kernel = Matrix.zeros(4, 4);
    Arrays.fill(kernel.data(), variance);
    FourPoint four = GELU.fourPoint(kernel, 1e-12);
    four.paired(0, 0, 0, 1, out);
    double expected = fourth(variance);
    assertThat(out[0] / expected).isCloseTo(1, within(1e-12 + 2e-16 * variance));
    four.distinct(0, 1, 2, 3, 4, out);
    assertThat(out[0] / expected).isCloseTo(1, within(1e-12 + 2e-16 * variance));
  }

  /** ⟨σ⁴⟩ by the trapezoidal rule, which converges like exp(−2π²/h²) in the width of σ. */
  private static double fourth(double variance) {
    double size = Math.sqrt(variance);
    double step = 0.5 / Math.sqrt(1 + 4 * variance);
    double sum = 0;
    for (int i = (int) (12 / step); i > 0; i--) {
      double g = i * step;
      double both = Math.pow(GELU.value(size * g), 4) + Math.pow(GELU.value(-size * g), 4);
      sum += Math.exp(-0.5 * g * g) * both;
    }
    return sum * step / Math.sqrt(2 * Math.PI);
  }

  /** From afar GELU is the ReLU less δ/2: F → F_ReLU − √Δ (1/K11 + 1/K22) / 4π. */
  @Test
  void largeVariancesTendToTheRelu() {
    double k11 = 1.1;
    double k22 = 0.7;
    double k12 = -0.35;
    double determinant = k11 * k22 - k12 * k12;
    double limit = -Math.sqrt(determinant) * (1 / k11 + 1 / k22) / (4 * Math.PI);
    double distance = k11 + k22 - 2 * k12;
    TwoPoint relu = TwoPoint.of(RELU, k11, k22, k12, distance);
    for (double s : new double[] {1e3, 1e4, 1e5}) {
      TwoPoint gelu = TwoPoint.of(GELU, s * k11, s * k22, s * k12, s * distance);
      assertThat(gelu.mean() - s * relu.mean()).isCloseTo(limit, within(1 / s + 1e-15 * s));
      assertThat(gelu.dc()).isCloseTo(relu.dc(), within(1 / s));
      assertThat(s * gelu.dcc()).isCloseTo(relu.dcc(), within(10 / s));
      assertThat(s * gelu.d11()).isCloseTo(relu.d11(), within(10 / s));
      assertThat(s * gelu.d1c()).isCloseTo(relu.d1c(), within(10 / s));
    }
    double exact = distinct(RELU.fourPoint(SOME, 1e-13), ORDERS[0]);
    double previous = 0;
    for (double s : new double[] {1e2, 1e3, 1e4}) {
      double moment = distinct(GELU.fourPoint(scaled(SOME, s), 1e-13), ORDERS[0]);
      double gap = s * (moment / (s * s) - exact);
      if (previous != 0) {
        assertThat(gap).isCloseTo(previous, within(200 / s * Math.abs(previous)));
        assertThat(gap).isNegative();
      }
      previous = gap;
    }
  }

  /** Near zero GELU is z/2 + z²/√2π: the moments are Wick's over 16, but for O(K³). */
  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 1e-6, 1e-8, 1e-12})
  void smallVariancesTendToHalfOfLinear(double variance) {
    Matrix kernel = scaled(SOME, variance);
    FourPoint linear = new LinearActivation().fourPoint(kernel, 1);
    double wick = distinct(linear, ORDERS[0]) / 16;
    double[] paired = new double[4];
    double[] expected = new double[4];
    for (int[] order : ORDERS) {
      double moment = distinct(GELU.fourPoint(kernel, 1e-12), order);
      assertThat(moment / wick).isCloseTo(1, within(30 * variance + 1e-13));
      GELU.fourPoint(kernel, 1e-12).paired(order[0], order[1], 0, 4, paired);
      linear.paired(order[0], order[1], 0, 4, expected);
      for (int d = 0; d < 4; d++) {
        assertThat(paired[d] / expected[d] * 16).isCloseTo(1, within(30 * variance + 1e-13));
      }
    }
  }

  @Test
  void aPointOfVarianceZero() {
    Matrix kernel = SOME.copy();
    for (int i = 0; i < 4; i++) {
      kernel.set(i, 2, 0);
      kernel.set(2, i, 0);
    }
    FourPoint four = GELU.fourPoint(kernel, 1e-12);
    for (int[] order : ORDERS) {
      assertThat(distinct(four, order)).isCloseTo(0, within(1e-16));
    }
    TwoPoint two = TwoPoint.of(GELU, 1.3, 0, 0, 1.3);
    assertThat(two.mean()).isZero();
    OnePoint one = new OnePoint();
    GELU.onePoint(0, one);
    assertThat(one.mean).isZero();
    assertThat(one.first).isCloseTo(0.25, within(1e-15));
    assertThat(one.second).isCloseTo(3 / Math.PI, within(1e-15));
  }

  private static Matrix scaled(Matrix kernel, double factor) {
    Matrix scaled = kernel.copy();
    for (int i = 0; i < scaled.data().length; i++) {
      scaled.data()[i] *= factor;
    }
    return scaled;
  }

  private static double distinct(FourPoint four, int[] order) {
    double[] out = new double[1];
    four.distinct(order[0], order[1], order[2], order[3], order[3] + 1, out);
    return out[0];
  }

  /** (Π ⟨σ_i⁴⟩)^¼. */
  private static double scale(Matrix kernel) {
    double product = 1;
    for (int i = 0; i < 4; i++) {
      product *= fourth(kernel.get(i, i));
    }
    return Math.pow(product, 0.25);
  }
}
