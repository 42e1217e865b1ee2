package finitewidth.inference.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gradient of what metric and scales maximise, against differences. */
class ObjectiveTest {
  private static final int P = 7;

  @ParameterizedTest
  @CsvSource({"relu, 1, 1, 3", "erf, 2, 2, 3", "relu, 3, 1, 3", "gelu, 2, 1, 3", "tanh, 1, 2, 9"})
  void gradientsAreThoseOfDifferences(String activation, int layers, int outputs, int features) {
    Architecture network = Problems.network(activation, layers);
    Matrix inputs = Problems.gaussian(P, features, 1);
    Objective objective =
        Objective.of(
            network,
            Features.of(network, inputs).within(inputs),
            Problems.gaussian(P, outputs, 2),
            0.1,
            Widths.uniform(layers, 5));
    assertThat(objective.directions()).isEqualTo(Math.min(P, features + 1));
    Differences.check(objective, objective.start(0.2));
  }
}
