package finitewidth.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.prior.Widths;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks with noise of their own: the noise is part of each Gaussian of the mixture. */
class ComponentsTest {
  private static final double[][] MEANS = {{0.1, -0.4, 1.2}, {0, 0.5, -0.3}};
  private static final double[] VARIANCES = {0.2, 0.05, 0.4};
  private static final double[] NOISES = {0.1, 0.6, 0.02};
  private static final Widths WIDTHS = Widths.of(8);

  private static Prediction prediction(Components components) {
    double[] none = new double[2];
    return new AtWidths(
        none,
        1,
        List.of(
            new AtWidths.Known(
                WIDTHS,
                new Predictive(
                    none, 1, new double[] {0.3, 0.2 / 3}, none, none, none, true, components))));
  }

  private static double density(double y, int output, double[] noises) {
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      double variance = VARIANCES[k] + noises[k];
      double d = y - MEANS[output][k];
      sum += Math.exp(-0.5 * d * d / variance) / Math.sqrt(2 * Math.PI * variance) / 3;
    }
    return sum;
  }

  @Test
  void densitiesHaveTheNoiseOfEach() {
    Components own = Components.equal(MEANS, VARIANCES, NOISES);
    Components given = Components.equal(MEANS, VARIANCES);
    for (double y : new double[] {-1, 0, 0.7, 2}) {
      // What is given does not count where networks have their own.
      assertThat(own.negativeLogDensity(0, y, 7))
          .isCloseTo(-Math.log(density(y, 0, NOISES)), within(1e-13));
      assertThat(given.negativeLogDensity(1, y, 0.3))
          .isCloseTo(-Math.log(density(y, 1, new double[] {0.3, 0.3, 0.3})), within(1e-13));
    }
  }

  @Test
  void quantilesOfTargetsHaveItAndThoseOfTheFunctionHaveNot() {
    Prediction prediction = prediction(Components.equal(MEANS, VARIANCES, NOISES));
    for (boolean target : new boolean[] {false, true}) {
      PredictiveDensity density =
          target
              ? PredictiveDensity.target(prediction, WIDTHS, 7)
              : PredictiveDensity.latent(prediction, WIDTHS);
      double[] noises = target ? NOISES : new double[3];
      double quantile = density.quantile(0, 0.9);
      // Simpson's rule, of which the error is below 1e-9 here.
      double step = 0.01;
      double below = 0;
      int count = 2 * (int) Math.ceil(10 / step);
      double h = (quantile + 10) / count;
      for (int i = 0; i <= count; i++) {
        double weight = i == 0 || i == count ? 1 : i % 2 == 1 ? 4 : 2;
        below += weight * density(-10 + i * h, 0, noises) * h / 3;
      }
      assertThat(below).isCloseTo(0.9, within(1e-9));
      // ⟨d⁴ + 6d²c + 3c²⟩ − 3κ₂².
      double mean = 0.3;
      double second = 0;
      double fourth = 0;
      for (int k = 0; k < 3; k++) {
        double d = MEANS[0][k] - mean;
        double c = VARIANCES[k] + noises[k];
        second += (c + d * d) / 3;
        fourth += (d * d * d * d + 6 * d * d * c + 3 * c * c) / 3;
      }
      assertThat(density.fourth(0)).isCloseTo(fourth - 3 * second * second, within(1e-13));
    }
  }

  @Test
  void probabilitiesOfClassesHaveTheNoiseOfEach() {
    double[] found = Components.equal(MEANS, VARIANCES, NOISES).largest(7);
    double expected = 0;
    for (int k = 0; k < 3; k++) {
      double deviation = Math.sqrt(2 * (VARIANCES[k] + NOISES[k]));
      double z = (MEANS[0][k] - MEANS[1][k]) / deviation;
      expected += ObservedValue.cumulativeProbability(z, 0, 1) / 3;
    }
    assertThat(found[0]).isCloseTo(expected, within(1e-6));
    assertThat(found[0] + found[1]).isCloseTo(1, within(1e-6));
  }
}
