package finitewidth.gaussian.relu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.gaussian.Activation;
import finitewidth.gaussian.FourPoint;
import finitewidth.gaussian.FourPointActivation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.TwoPoint;
import finitewidth.gaussian.activations.Activations;
import finitewidth.gaussian.closed.LinearActivation;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import finitewidth.oracle.GoldenMoments;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The leaky ReLU against planar integrals, against reflected ReLUs, and at its special slopes. */
class LeakyReluTest {
  private static final ReluActivation RELU = new ReluActivation();

  static List<JsonNode> twoPoint() {
    return Golden.list("/oracle/leaky_relu.json", "two_point");
  }

  static List<JsonNode> fourPoint() {
    return Golden.list("/oracle/leaky_relu.json", "four_point");
  }

  @ParameterizedTest
  @MethodSource
  void twoPoint(JsonNode golden) {
    FourPointActivation leaky = Activations.leakyRelu(golden.get("slope").asDouble());
    double k11 = golden.get("K11").asDouble();
    double k22 = golden.get("K22").asDouble();
    double distance = golden.get("distance").asDouble();
    TwoPoint two = TwoPoint.of(leaky, k11, k22, golden.get("K12").asDouble(), distance);
    assertThat(two.mean()).isCloseTo(golden.get("mean").asDouble(), within(2e-15));
    double expected = golden.get("activation_distance").asDouble();
    assertThat(two.distance()).isCloseTo(expected, within(2e-15));
    OnePoint one = new OnePoint();
    leaky.onePoint(k11, one);
    assertThat(one.mean).isCloseTo(golden.get("mean_diag").asDouble(), within(2e-15));
  }

  @ParameterizedTest
  @MethodSource
  void fourPoint(JsonNode golden) {
    FourPointActivation leaky = Activations.leakyRelu(golden.get("slope").asDouble());
    Matrix kernel = Golden.matrix(golden.get("kernel"));
    double scale = scale(leaky, kernel);
    double expected = golden.get("moment").asDouble() / scale;
    for (double tolerance : new double[] {1e-3, 1e-6, 1e-9, 1e-12}) {
      double[] out = new double[1];
      leaky.fourPoint(kernel, tolerance).distinct(0, 1, 2, 3, 4, out);
      assertThat(out[0] / scale).isCloseTo(expected, within(tolerance + 1e-13));
      leaky.fourPoint(kernel, tolerance).distinct(3, 1, 0, 2, 3, out);
      assertThat(out[0] / scale).isCloseTo(expected, within(tolerance + 1e-13));
    }
  }

  /** σ(z) = ρ(z) − a ρ(−z): sixteen ReLU moments, of points reflected in all ways. */
  @ParameterizedTest
  @ValueSource(doubles = {-1, -0.5, 0.01, 0.4, 0.999, 1})
  void aSumOfReflectedRelus(double slope) {
    FourPointActivation leaky = Activations.leakyRelu(slope);
    for (GoldenMoments.Four golden : GoldenMoments.relu()) {
      Matrix kernel = golden.kernel();
      double sum = 0;
      double[] out = new double[1];
      for (int signs = 0; signs < 16; signs++) {
        Matrix reflected = kernel.copy();
        for (int i = 0; i < 4; i++) {
          for (int j = 0; j < 4; j++) {
            reflected.set(i, j, kernel.get(i, j) * sign(signs, i) * sign(signs, j));
          }
        }
        RELU.fourPoint(reflected, 1e-13).distinct(0, 1, 2, 3, 4, out);
        sum += Math.pow(-slope, Integer.bitCount(signs)) * out[0];
      }
      double scale = scale(leaky, kernel);
      leaky.fourPoint(kernel, 1e-13).distinct(0, 1, 2, 3, 4, out);
      assertThat(out[0] / scale).isCloseTo(sum / scale, within(2e-12));
      double rough = out[0];
      leaky.fourPoint(kernel, 1e-6).distinct(0, 1, 2, 3, 4, out);
      assertThat(out[0] / scale).isCloseTo(rough / scale, within(1e-6));
    }
  }

  @Test
  void slopeZeroIsTheRelu() {
    FourPointActivation leaky = Activations.leakyRelu(0);
    for (GoldenMoments.Four golden : GoldenMoments.relu()) {
      assertThat(row(leaky, golden.kernel())).isEqualTo(row(RELU, golden.kernel()));
    }
    TwoPoint two = TwoPoint.of(leaky, 1.2, 0.6, -0.3, 2.4);
    TwoPoint relu = TwoPoint.of(RELU, 1.2, 0.6, -0.3, 2.4);
    assertThat(two).usingRecursiveComparison().isEqualTo(relu);
  }

  @Test
  void slopeOneIsLinear() {
    FourPointActivation leaky = Activations.leakyRelu(1);
    FourPointActivation linear = new LinearActivation();
    for (GoldenMoments.Four golden : GoldenMoments.relu()) {
      double[] expected = row(linear, golden.kernel());
      double scale = scale(linear, golden.kernel());
      double[] actual = row(leaky, golden.kernel());
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i] / scale).isCloseTo(expected[i] / scale, within(2e-15));
      }
    }
    TwoPoint two = TwoPoint.of(leaky, 1.2, 0.6, -0.3, 2.4);
    assertThat(new double[] {two.mean(), two.distance(), two.dc()}).containsExactly(-0.3, 2.4, 1);
    double[] rest = {
      two.d1(), two.d2(), two.d11(), two.d22(), two.d12(), two.dcc(), two.d1c(), two.d2c()
    };
    assertThat(rest).usingComparatorWithPrecision(0.0).containsOnly(0);
  }

  @Test
  void slopeMinusOneIsTheModulus() {
    FourPointActivation modulus = Activations.leakyRelu(-1);
    Matrix kernel = GoldenMoments.relu().get(0).kernel().copy();
    double[] before = row(modulus, kernel);
    for (int i = 0; i < 4; i++) {
      kernel.set(i, 1, -kernel.get(i, 1));
      kernel.set(1, i, -kernel.get(1, i));
    }
    double[] after = row(modulus, kernel);
    double scale = scale(modulus, kernel);
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i] / scale).isCloseTo(before[i] / scale, within(2e-12));
    }
  }

  /** Directions θ apart: (1 + a²)/2 of the distance less O(θ³), nothing lost to cancellation. */
  @ParameterizedTest
  @ValueSource(doubles = {-1, -0.5, 0.01, 0.9})
  void distanceOfMergingPoints(double slope) {
    for (double angle = 1e-3; angle > 1e-12; angle *= 0.1) {
      double chord = 2 * Math.sin(angle / 2);
      TwoPoint two =
          TwoPoint.of(Activations.leakyRelu(slope), 1, 1, Math.cos(angle), chord * chord);
      double first = 0.5 * (1 + slope * slope) * chord * chord;
      double bend = angle * angle * angle * (1.0 / 3 - angle * angle / 30) / Math.PI;
      double rest = (1 - slope) * (1 - slope) * bend;
      assertThat(two.distance() / first).isCloseTo(1 - rest / first, within(1e-8 * angle + 1e-14));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.001, -1.001, Double.NaN, Double.POSITIVE_INFINITY})
  void steeperSlopesAreRefused(double slope) {
    assertThatThrownBy(() -> Activations.leakyRelu(slope))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(slope));
    assertThat(Activations.of("leaky-relu", Map.of("negative-slope", slope))).isEmpty();
  }

  @Test
  void nameAndParametersMakeTheSameAgain() {
    for (String name : Activations.names()) {
      Activation known = Activations.byName(name).orElseThrow();
      assertThat(Activations.of(name, known.parameters()).orElseThrow().name())
          .isEqualTo(known.name());
    }
    FourPointActivation leaky = Activations.leakyRelu(0.3);
    Activation again = Activations.of(leaky.name(), leaky.parameters()).orElseThrow();
    assertThat(again.value(-2)).isEqualTo(leaky.value(-2)).isEqualTo(-0.6);
    assertThat(again.value(2)).isEqualTo(2);
    assertThat(Activations.byName("leaky-relu").orElseThrow().value(-2)).isEqualTo(-0.02);
    assertThat(Activations.of("relu", leaky.parameters())).isEmpty();
    assertThat(Activations.of("leaky-relu", Map.of("slope", 0.3))).isEmpty();
  }

  private static double[] row(FourPointActivation activation, Matrix kernel) {
    double[] row = new double[9];
    double[] out = new double[4];
    FourPoint four = activation.fourPoint(kernel, 1e-9);
    four.distinct(0, 1, 2, 3, 4, out);
    row[0] = out[0];
    four.paired(1, 0, 0, 4, out);
    System.arraycopy(out, 0, row, 1, 4);
    four.paired(2, 3, 0, 4, out);
    System.arraycopy(out, 0, row, 5, 4);
    return row;
  }

  private static double sign(int signs, int i) {
    return (signs >> i & 1) == 0 ? 1 : -1;
  }

  /** (Π ⟨σ_i⁴⟩)^¼. */
  private static double scale(FourPointActivation activation, Matrix kernel) {
    double product = 1;
    double[] out = new double[1];
    for (int i = 0; i < 4; i++) {
      activation.fourPoint(kernel, 1e-6).paired(i, i, i, i + 1, out);
      product *= out[0];
    }
    return Math.pow(product, 0.25);
  }
}
