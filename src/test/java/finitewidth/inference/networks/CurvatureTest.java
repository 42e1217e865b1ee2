package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Frequencies of columns. */
class CurvatureTest {
  /**
   * A hyperparameter that data say nothing of is as soft as a column may be, and not the measure.
   */
  @Test
  void weightsAreTheMeasureAndNotHyperparameters() {
    NetworkShape shape = new NetworkShape(2, 3).with(2);
    double[] gradient = new double[shape.coordinates()];
    // (∇L − U)² of 100 and 400 in the two columns of weights, of 0.01 and 2500 behind them.
    for (int j = 0; j < 3; j++) {
      gradient[2 * j] = 10;
      gradient[2 * j + 1] = -20;
    }
    gradient[6] = 0.1;
    gradient[7] = 50;
    Curvature seen = Curvature.none(shape).add(shape, new double[gradient.length], gradient);
    assertThat(seen.frequencies(shape))
        .containsExactly(new double[] {1, 0.5, 1, 0.2}, within(1e-15));
  }

  /** One over the root of what was seen, on average over states, where nothing is pooled. */
  @Test
  void theSoftestColumnHasTheFrequencyOne() {
    NetworkShape shape = new NetworkShape(3, 1);
    double[] u = new double[3];
    Curvature seen =
        Curvature.none(shape)
            .add(shape, u, new double[] {3, 1, 12})
            .add(shape, u, new double[] {1, 3, 16});
    double[] mean = {5, 5, 200};
    double[] wanted = Arrays.stream(mean).map(mu -> Math.sqrt(5 / mu)).toArray();
    assertThat(seen.frequencies(shape)).containsExactly(wanted, within(1e-15));
  }
}
