package finitewidth.inference.renormalised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Renormalised and plain first order differ in second order: n² times their difference tends to a
 * constant, which the reference has at n = 1000 and 10000, to three decimals.
 */
class SecondOrderTest {
  @ParameterizedTest
  @ValueSource(strings = {"relu1", "relu1_big", "relu2", "erf1", "erf2"})
  void theDifferenceFromFirstOrderIsOfSecondOrder(String name) throws IOException {
    GoldenCase golden = GoldenCase.of(name);
    for (JsonNode row : golden.json().get("n2_times_rfo_minus_first")) {
      if (row.get(1).asText().equals("K")) {
        compare(golden, row);
      }
    }
  }

  /** Other guards change the constants, and not the order. */
  @Test
  void settledGuardsAreOfSecondOrder() throws IOException {
    GoldenCase golden = GoldenCase.of("relu1_big");
    double[][] scaled = new double[2][];
    for (int k = 0; k < 2; k++) {
      double n = k == 0 ? 4000 : 16000;
      scaled[k] = differences(golden, Guarding.SETTLED, n);
      for (int i = 0; i < scaled[k].length; i++) {
        scaled[k][i] *= n * n;
      }
    }
    for (int i = 0; i < 3; i++) {
      // What is left of third order falls as 1/n, and n² has taken eight digits.
      assertThat(scaled[1][i])
          .as("quantity " + i)
          .isCloseTo(scaled[0][i], within(0.01 + 0.03 * Math.abs(scaled[0][i])));
    }
    double n = 4000;
    assertThat(Math.abs(scaled[0][2] - n * n * differences(golden, Guarding.FIXED, n)[2]))
        .isGreaterThan(1e-3);
  }

  /** Of mean, variance and log evidence from those of first order. */
  private static double[] differences(GoldenCase golden, Guarding guarding, double n) {
    Widths widths = Widths.uniform(golden.widths().hiddenLayers(), n);
    RenormalisedPosterior posterior = golden.by(guarding, widths);
    Predictive found = golden.predictive(posterior, widths);
    Predictive first = golden.first().predictor().predict(golden.test()).at(widths);
    return new double[] {
      found.mean()[0] - first.mean()[0],
      found.variance()[0] - first.variance()[0],
      posterior.logEvidence().at(widths) - golden.first().logEvidence().at(widths)
    };
  }

  private static void compare(GoldenCase golden, JsonNode row) {
    double n = row.get(0).asDouble();
    double[] differences = differences(golden, Guarding.FIXED, n);
    for (int i = 0; i < differences.length; i++) {
      double expected = row.get(2 + i).asDouble();
      // Half a unit of the last decimal, and what is left of double precision after n².
      assertThat(n * n * differences[i])
          .as(golden + " " + n + " " + i)
          .isCloseTo(expected, within(0.006 + 2e-3 * Math.abs(expected)));
    }
  }
}
