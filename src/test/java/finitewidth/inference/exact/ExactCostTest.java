package finitewidth.inference.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.oracle.Problems;
import finitewidth.posterior.NngpPosterior;
import finitewidth.prior.SampleFlow;
import org.junit.jupiter.api.Test;

class ExactCostTest {
  private static ContractionProblem problem(String activation) {
    SampleFlow flow = SampleFlow.of(Problems.network(activation, 2), Problems.gaussian(12, 3, 1));
    NngpPosterior nngp = NngpPosterior.of(flow.kernel(2), Problems.gaussian(12, 1, 2), 0.1);
    return new ContractionProblem(flow, nngp.phi(), nngp.inverse(), true, 1e-9);
  }

  private static double seconds(String activation) {
    return ExactCost.seconds(problem(activation), 10);
  }

  /** Moments are as many for each activation, so that costs are as their nanoseconds. */
  @Test
  void byActivation() {
    assertThat(seconds("relu") / seconds("erf")).isCloseTo(2.4, within(1e-12));
    assertThat(seconds("gelu") / seconds("leaky-relu")).isCloseTo(2, within(1e-12));
    assertThat(seconds("erf")).isPositive().isLessThan(Cost.AFFORDABLE_SECONDS);
  }

  /** Twelve training and ten test rows on two cores: two blocks of five rows. */
  @Test
  void cumulants() {
    double training = 2.0 * Tiling.moments(12);
    double row = 2.0 * RowContraction.moments(12);
    ContractionProblem problem = problem("erf");
    assertThat(ExactCost.cumulantSeconds(problem, 10, 2))
        .isCloseTo(
            50e-9 * (2 * training + 10 * row) + 0.8e-9 * 3 * 2 * 10 * training, within(1e-15));
    assertThat(ExactCost.cumulantSeconds(problem, 0, 2)).isZero();
    assertThat(ExactCost.cumulantSeconds(problem("tanh"), 10, 2)).isInfinite();
  }

  /** No cost is too high for the sampled engine where there is no other. */
  @Test
  void withoutFourPointMomentsThereIsNoExactEngine() {
    assertThat(seconds("tanh")).isInfinite();
  }
}
