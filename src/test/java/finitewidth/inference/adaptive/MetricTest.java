package finitewidth.inference.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.linalg.Matrix;
import finitewidth.linalg.Products;
import finitewidth.oracle.Problems;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import org.junit.jupiter.api.Test;

/** Metrics on features, and what they say of the inputs. */
class MetricTest {
  private static final Architecture NETWORK = Problems.network("relu", 1);

  private static double kernel(double[] x, double[] y) {
    double bias = NETWORK.biasVariance(0);
    return bias + NETWORK.weightVariance(0) / x.length * Products.dot(x, 0, y, 0, x.length);
  }

  /** More features than rows: what is beyond the rows stays as the prior has it. */
  @Test
  void beyondTheTrainingRowsThePriorStays() {
    Matrix inputs = Problems.gaussian(4, 9, 1);
    Features features = Features.of(NETWORK, inputs);
    assertThat(features.directions()).isEqualTo(4);
    Metric prior =
        new Metric(
            features,
            Objective.of(
                    NETWORK, features.within(inputs), Problems.gaussian(4, 1, 2), 0.1, Widths.of(8))
                .root(new double[4 * 5 / 2 + 1]));
    double[] x = Problems.gaussian(1, 9, 5).data();
    double[] u = prior.inputs(x);
    assertThat(Products.dot(u, 0, u, 0, u.length)).isCloseTo(kernel(x, x), within(1e-12));
    for (int a = 0; a < 4; a++) {
      double[] row = inputs.row(a);
      double[] v = prior.inputs(row);
      assertThat(Products.dot(u, 0, v, 0, u.length)).isCloseTo(kernel(x, row), within(1e-12));
    }
    for (double relevance : prior.relevance()) {
      assertThat(relevance).isCloseTo(1, within(1e-12));
    }
    assertThat(prior.distance()).isCloseTo(0, within(1e-12));
    assertThat(prior.largest()).isCloseTo(1, within(1e-12));
  }

  /** Targets of one feature alone make it the most relevant one, the more the narrower. */
  @Test
  void theFeatureThatTargetsAreMadeOfIsTheMostRelevant() {
    int rows = 40;
    Matrix inputs = Problems.gaussian(rows, 4, 3);
    Matrix targets = Matrix.zeros(rows, 1);
    for (int a = 0; a < rows; a++) {
      targets.set(a, 0, 2 * Math.abs(inputs.get(a, 2)) - 1.5);
    }
    double[] largest = new double[2];
    for (int i = 0; i < 2; i++) {
      Features features = Features.of(NETWORK, inputs);
      Objective objective =
          Objective.of(NETWORK, features.within(inputs), targets, 0.05, Widths.of(i == 0 ? 4 : 64));
      Search search = Search.of(objective);
      assertThat(search.isSettled()).isTrue();
      Metric metric = new Metric(features, objective.root(search.at()));
      double[] relevance = metric.relevance();
      for (int k : new int[] {0, 1, 3}) {
        assertThat(relevance[2]).isGreaterThan((i == 0 ? 2 : 1.2) * relevance[k]);
      }
      largest[i] = metric.largest();
      assertThat(largest[i]).isGreaterThan(relevance[2]);
    }
    assertThat(largest[0]).isGreaterThan(largest[1]);
  }
}
