package finitewidth.prior;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel alone has the bits that it has in the company of all that is derived from it. */
class KernelRowTest {
  @ParameterizedTest
  @ValueSource(strings = {"relu", "leaky-relu", "erf", "gelu", "sin", "quadratic", "tanh"})
  void likeTheWholeFlow(String activation) {
    Architecture network = Problems.network(activation, 3);
    Matrix inputs = Problems.gaussian(20, 3, 1);
    // Two samples that coincide, and one without variance but for the bias.
    System.arraycopy(inputs.data(), 0, inputs.data(), 15, 3);
    java.util.Arrays.fill(inputs.data(), 30, 33, 0);
    SampleFlow whole = SampleFlow.of(network, inputs);
    KernelRow rows = KernelRow.of(network, inputs);
    double[] kernel = new double[20];
    for (int x = 0; x < 20; x++) {
      double own = rows.follow(inputs.row(x), kernel, 0);
      assertThat(own).isEqualTo(whole.kernel(3).get(x, x));
      assertThat(KernelRow.variance(network, inputs, x)).isEqualTo(own);
      for (int a = 0; a < x; a++) {
        assertThat(kernel[a]).isEqualTo(whole.kernel(3).get(x, a));
      }
    }
  }
}
