package finitewidth.inference.renormalised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.io.IOException;
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

  private static void compare(GoldenCase golden, JsonNode row) {
    double n = row.get(0).asDouble();
    Widths widths = Widths.uniform(golden.widths().hiddenLayers(), n);
    RenormalisedPosterior posterior = golden.at(widths);
    Predictive found = golden.predictive(posterior, widths);
    Predictive first = golden.first().predictor().predict(golden.test()).at(widths);
    double[] differences = {
      found.mean()[0] - first.mean()[0],
      found.variance()[0] - first.variance()[0],
      posterior.logEvidence().at(widths) - golden.first().logEvidence().at(widths)
    };
    for (int i = 0; i < differences.length; i++) {
      double expected = row.get(2 + i).asDouble();
      // Half a unit of the last decimal, and what is left of double precision after n².
      assertThat(n * n * differences[i])
          .as(golden + " " + n + " " + i)
          .isCloseTo(expected, within(0.006 + 2e-3 * Math.abs(expected)));
    }
  }
}
