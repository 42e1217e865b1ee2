package finitewidth.prior;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.Activation;
import finitewidth.gaussian.OnePoint;
import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed forms for one input (docs/theory.md#reference-values). */
class ClosedFormsTest {
  private static double fourth(Activation activation, double variance) {
    double[] out = new double[1];
    activation.pairMoments(Matrix.copyOf(new double[][] {{variance}}), 1e-13).cubes(0, 0, 1, out);
    return out[0];
  }

  private static PointSelfEnergy follow(Architecture network, PointFlow point) {
    double[] fourth = new double[network.hiddenLayers()];
    for (int h = 0; h < fourth.length; h++) {
      fourth[h] = fourth(network.activation(), point.kernel(h));
    }
    return PointSelfEnergy.of(network, point, fourth);
  }

  /** V/K² = ∏(1 + g/n_l) − 1 at any width; first order in 1/n is Σ g/n_l, with remainder 1/n². */
  @ParameterizedTest
  @CsvSource({
    "linear, 1.0, 2",
    "relu, 2.0, 5",
    // With slope a = 0.01, weight 2 / (1 + a²) and gain 6 (1 + a⁴) / (1 + a²)² − 1.
    "leaky-relu, 1.9998000199980002, 4.998800239964005"
  })
  void vertexOfOneInputWithoutBiases(String name, double weight, double gain) {
    int hidden = 6;
    Architecture network =
        Architecture.uniform(Activations.byName(name).orElseThrow(), hidden, 0, weight);
    PointFlow point = PointFlow.of(network, 0.7);
    PointSelfEnergy self = follow(network, point);
    for (int layer = 1; layer <= hidden; layer++) {
      double kernel = point.kernel(layer);
      double first = 0;
      for (int s = 0; s < layer; s++) {
        assertClose("V/K² from layer " + s, self.vertex(layer, s) / (kernel * kernel), gain, 1e-12);
        assertThat(self.selfEnergy(layer, s)).isZero();
        first += self.vertex(layer, s) / (kernel * kernel);
      }
      for (double n : new double[] {1e3, 1e4, 1e5}) {
        double exact = Math.expm1(layer * Math.log1p(gain / n));
        double remainder = layer * (layer - 1) / 2.0 * gain * gain / (n * n);
        assertThat(exact - first / n).isCloseTo(remainder, within(remainder * 0.1 + 1e-15));
      }
    }
  }

  private static Offset<Double> within(double offset) {
    return Offset.offset(offset);
  }

  /** One input, K = 1, second layer, C_W = 1, times n. */
  @ParameterizedTest
  @CsvSource({"erf, 0.12082161982377", "relu, 1.25", "quadratic, 96"})
  void vertexOfTheSecondLayer(String name, double expected) {
    Architecture network = Architecture.uniform(Activations.byName(name).orElseThrow(), 1, 0, 1);
    PointSelfEnergy self = follow(network, PointFlow.of(network, 1));
    assertClose(name, self.vertex(1, 0), expected, 1e-12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "quadratic", "relu", "leaky-relu", "gelu", "erf", "sin", "cos"})
  void fourthMomentBoundsTheSquareOfTheSecond(String name) {
    Activation activation = Activations.byName(name).orElseThrow();
    OnePoint point = new OnePoint();
    activation.onePoint(0.8, point);
    assertThat(fourth(activation, 0.8)).isGreaterThan(point.mean * point.mean);
  }
}
