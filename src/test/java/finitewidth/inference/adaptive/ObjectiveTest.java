package finitewidth.inference.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gradient of what metric and scales maximise, against differences. */
class ObjectiveTest {
  private static final int P = 7;
  private static final double STEP = 1e-5;

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
    double[] at = objective.start(0.2);
    double[] direction = Problems.gaussian(1, at.length, 3).data();
    for (int i = 0; i < at.length; i++) {
      at[i] += 0.1 * direction[at.length - 1 - i];
    }
    double[] gradient = new double[at.length];
    objective.at(at, gradient);
    double along = 0;
    for (int i = 0; i < at.length; i++) {
      along += gradient[i] * direction[i];
    }
    // By Richardson's rule, of error STEP⁴.
    double difference =
        (4 * slope(objective, at, direction, STEP) - slope(objective, at, direction, 2 * STEP)) / 3;
    assertThat(difference).isCloseTo(along, within(1e-7 * Math.abs(along)));
  }

  private static double slope(Objective objective, double[] at, double[] direction, double step) {
    return (value(objective, at, direction, step) - value(objective, at, direction, -step))
        / (2 * step);
  }

  private static double value(Objective objective, double[] at, double[] direction, double step) {
    double[] moved = at.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    return objective.at(moved, new double[moved.length]);
  }
}
