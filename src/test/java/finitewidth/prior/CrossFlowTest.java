package finitewidth.prior;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossFlowTest {
  private static final int HIDDEN = 3;

  /** More than one run. */
  private static final int SAMPLES = SampleRun.LENGTH + 5;

  private static final int ROWS = 7;
  private static final int FEATURES = 5;
  private static final double STEP = 1e-4;

  private Matrix samples = Problems.gaussian(SAMPLES, FEATURES, 1);
  private final Matrix rows = Problems.gaussian(ROWS, FEATURES, 2);
  private Matrix byKernel = Problems.gaussian(ROWS, SAMPLES, 3);
  private final double[] byVariance = Problems.gaussian(1, ROWS, 4).data();

  @ParameterizedTest
  @ValueSource(strings = {"linear", "relu", "erf", "sin"})
  void kernelsHaveTheBitsOfTheWholeFlow(String activation) {
    Architecture network = Problems.network(activation, HIDDEN);
    Matrix kernel = Matrix.zeros(ROWS, SAMPLES);
    double[] variances = new double[ROWS];
    new CrossFlow(network, samples, true).follow(rows, kernel, variances);
    SampleRow row = new SampleRow(SampleFlow.of(network, samples));
    for (int x = 0; x < ROWS; x++) {
      row.follow(rows.row(x));
      assertThat(kernel.row(x)).isEqualTo(row.kernel(HIDDEN));
      assertThat(variances[x]).isEqualTo(row.point().kernel(HIDDEN));
    }
  }

  /**
   * Every variance of every layer and every feature's scale, of f = Σ G_xz K_xz + Σ h_x K_xx. The
   * samples' own kernels, which a variance moves as well, are put to their account by {@link
   * KernelFlow}. Moments of tanh are quadratures, which take their time: it has fewer samples.
   */
  @ParameterizedTest
  @CsvSource({"relu, 261", "erf, 261", "sin, 261", "gelu, 261", "tanh, 30"})
  void centralDifferences(String activation, int count) {
    samples = Problems.gaussian(count, FEATURES, 1);
    byKernel = Problems.gaussian(ROWS, count, 3);
    Architecture network = network(activation);
    CrossFlow flow = new CrossFlow(network, samples, true);
    flow.follow(rows, Matrix.zeros(ROWS, count), new double[ROWS]);
    CrossGradient cross = flow.gradient(byKernel.copy(), byVariance);
    KernelGradient own =
        KernelFlow.of(network, samples).gradient(Matrix.zeros(count, count), cross.samples());
    for (int l = 0; l <= HIDDEN; l++) {
      assertDerivative(
          cross.biasVariance()[l] + own.biasVariance()[l], network, l, true, "bias " + l);
      assertDerivative(
          cross.weightVariance()[l] + own.weightVariance()[l], network, l, false, "weight " + l);
    }
    double scale = network.weightVariance(0) / FEATURES;
    for (int k = 0; k < FEATURES; k++) {
      double derivative = cross.features()[k];
      for (int z = 0; z < count; z++) {
        derivative += own.inputKernel().get(z, z) * Math.pow(samples.get(z, k), 2);
      }
      int feature = k;
      double difference =
          difference(
              step ->
                  value(
                      network, stretched(samples, feature, step), stretched(rows, feature, step)));
      assertClose(scale * derivative, difference, "feature " + k);
    }
  }

  @Test
  void variancesAlone() {
    Architecture network = network("erf");
    CrossFlow flow = new CrossFlow(network, samples, true);
    flow.follow(rows, Matrix.zeros(ROWS, SAMPLES), new double[ROWS]);
    double[] weights = new double[ROWS];
    Arrays.fill(weights, 0.3);
    CrossGradient expected = flow.gradient(Matrix.zeros(ROWS, SAMPLES), weights);
    CrossGradient gradient = flow.varianceGradient(0.3);
    assertThat(gradient.biasVariance()).isEqualTo(expected.biasVariance());
    assertThat(gradient.weightVariance()).isEqualTo(expected.weightVariance());
    assertThat(gradient.features()).isEqualTo(expected.features());
  }

  private interface Moved {
    double value(double step);
  }

  private static double difference(Moved moved) {
    return (8 * (moved.value(STEP) - moved.value(-STEP))
            - (moved.value(2 * STEP) - moved.value(-2 * STEP)))
        / (12 * STEP);
  }

  private void assertDerivative(
      double derivative, Architecture network, int l, boolean bias, String name) {
    assertClose(
        derivative,
        difference(step -> value(KernelFlowTest.moved(network, l, bias, step), samples, rows)),
        name);
  }

  private static void assertClose(double derivative, double difference, String name) {
    assertThat(derivative)
        .as(name)
        .isCloseTo(difference, Offset.offset(1e-7 * Math.max(1, Math.abs(difference))));
  }

  private double value(Architecture network, Matrix samples, Matrix rows) {
    Matrix kernel = Matrix.zeros(ROWS, samples.rows());
    double[] variances = new double[ROWS];
    new CrossFlow(network, samples, true).follow(rows, kernel, variances);
    double sum = 0;
    for (int k = 0; k < kernel.data().length; k++) {
      sum += byKernel.data()[k] * kernel.data()[k];
    }
    for (int x = 0; x < ROWS; x++) {
      sum += byVariance[x] * variances[x];
    }
    return sum;
  }

  /** With feature k's scale, by which its square counts, up by a small fraction. */
  private static Matrix stretched(Matrix inputs, int k, double step) {
    Matrix stretched = inputs.copy();
    for (int x = 0; x < inputs.rows(); x++) {
      stretched.set(x, k, Math.exp(0.5 * step) * inputs.get(x, k));
    }
    return stretched;
  }

  private static Architecture network(String activation) {
    return Problems.network(Activations.byName(activation).orElseThrow(), HIDDEN);
  }
}
