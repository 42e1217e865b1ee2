package finitewidth.prior;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.gaussian.activations.Activations;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import org.junit.jupiter.api.Test;

/** What double precision cannot hold, and what it can. */
class KernelRangeTest {
  private static final Matrix INPUTS = Problems.gaussian(8, 3, 1);

  private static SampleFlow flow(String activation, int layers, double bias, double weight) {
    return SampleFlow.of(
        Architecture.uniform(Activations.byName(activation).orElseThrow(), layers, bias, weight),
        INPUTS);
  }

  private static void refused(String words, int layers, double bias, double weight) {
    assertThatThrownBy(() -> KernelRange.check(flow("relu", layers, bias, weight)))
        .isInstanceOf(RangeException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("weightVariance");
  }

  @Test
  void whatOverflows() {
    refused("overflows in layer 2 of 3", 2, 0.1, 1e80);
    refused("overflows in layer 3 of 401", 400, 0.1, 1e150);
    refused("of 401: it is 1", 400, 0.1, 8);
    assertThatThrownBy(() -> flow("relu", 2, 0.1, 1e200))
        .isInstanceOf(RangeException.class)
        .hasMessageContaining("it is Infinity");
  }

  @Test
  void whatUnderflows() {
    refused("underflows in layer 1 of 3", 2, 0, 1e-200);
    refused("underflows in layer 66 of 401", 400, 0, 0.01);
  }

  @Test
  void whatHasLostAllDigits() {
    refused("lost all digits in layer 1 of 3", 2, 0.1, 1e-200);
    refused("for every pair of training samples", 400, 0.1, 0.01);
    refused("lost all digits in layer 1 of 2", 1, 1e20, 1);
  }

  @Test
  void whatIsFine() {
    for (double scale : new double[] {1e-12, 1, 1e12}) {
      for (String activation : new String[] {"relu", "gelu", "linear"}) {
        assertThatCode(() -> KernelRange.check(flow(activation, 2, 0, scale)))
            .doesNotThrowAnyException();
      }
    }
    assertThatCode(() -> KernelRange.check(flow("relu", 50, 0.1, 2))).doesNotThrowAnyException();
    // Nothing can be told apart that is the same, nor can rows of zeros be scaled.
    Architecture network = Architecture.uniform(Activations.byName("relu").orElseThrow(), 2, 0, 1);
    for (double x : new double[] {0, 1}) {
      Matrix same = Matrix.copyOf(new double[][] {{x}, {x}});
      assertThatCode(() -> KernelRange.check(network, same)).doesNotThrowAnyException();
    }
  }
}
