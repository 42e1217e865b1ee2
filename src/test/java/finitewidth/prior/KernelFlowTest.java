package finitewidth.prior;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelFlowTest {
  private static final int HIDDEN = 3;

  /** More than one run. */
  private static final int SAMPLES = SampleRun.LENGTH + 21;

  private static final double STEP = 1e-5;

  @ParameterizedTest
  @ValueSource(strings = {"linear", "relu", "erf", "sin"})
  void theKernelIsThatOfTheWholeFlow(String activation) {
    Architecture network = Problems.network(activation, HIDDEN);
    Matrix inputs = Problems.gaussian(SAMPLES, 5, 1);
    assertThat(KernelFlow.of(network, inputs).kernel().data())
        .isEqualTo(SampleFlow.of(network, inputs).kernel(HIDDEN).data());
  }

  /** Every variance of every layer on its own, of f = Σ G_ab K_ab. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "erf", "sin"})
  void variancesLayerByLayer(String activation) {
    Architecture network = Problems.network(activation, HIDDEN);
    Matrix inputs = Problems.gaussian(SAMPLES, 5, 1);
    Matrix outer = symmetric(SAMPLES);
    KernelGradient gradient = KernelFlow.of(network, inputs).gradient(outer);
    for (int l = 0; l <= HIDDEN; l++) {
      assertDerivative(gradient.biasVariance()[l], network, inputs, outer, l, true);
      assertDerivative(gradient.weightVariance()[l], network, inputs, outer, l, false);
    }
  }

  private static void assertDerivative(
      double derivative, Architecture network, Matrix inputs, Matrix outer, int l, boolean bias) {
    double up = value(moved(network, l, bias, STEP), inputs, outer);
    double down = value(moved(network, l, bias, -STEP), inputs, outer);
    double difference = (up - down) / (2 * STEP);
    assertThat(derivative)
        .as((bias ? "bias " : "weight ") + l)
        .isCloseTo(difference, Offset.offset(1e-6 * Math.abs(difference)));
  }

  private static double value(Architecture network, Matrix inputs, Matrix outer) {
    Matrix kernel = KernelFlow.of(network, inputs).kernel();
    double sum = 0;
    for (int k = 0; k < kernel.data().length; k++) {
      sum += outer.data()[k] * kernel.data()[k];
    }
    return sum;
  }

  static Architecture moved(Architecture network, int layer, boolean bias, double step) {
    double[] biases = new double[HIDDEN + 1];
    double[] weights = new double[HIDDEN + 1];
    for (int l = 0; l <= HIDDEN; l++) {
      biases[l] = network.biasVariance(l) + (bias && l == layer ? step : 0);
      weights[l] = network.weightVariance(l) + (!bias && l == layer ? step : 0);
    }
    return Architecture.of(network.activation(), biases, weights);
  }

  /** All of one sign, so that nothing cancels. */
  private static Matrix symmetric(int n) {
    Matrix random = Problems.gaussian(n, n, 9);
    Matrix symmetric = Matrix.zeros(n, n);
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        symmetric.set(a, b, Math.abs(random.get(a, b)) + Math.abs(random.get(b, a)));
      }
    }
    return symmetric;
  }
}
