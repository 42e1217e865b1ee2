package finitewidth.inference.exact;

import static org.assertj.core.api.Assertions.assertThat;

import finitewidth.inference.ContractionProblem;
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

  /** No cost is too high for the sampled engine where there is no other. */
  @Test
  void withoutFourPointMomentsThereIsNoExactEngine() {
    assertThat(ExactCost.seconds(problem("tanh"), 10)).isInfinite();
    assertThat(ExactCost.cumulantSeconds(problem("tanh"), 10, 2)).isInfinite();
    assertThat(ExactCost.seconds(problem("erf"), 10)).isPositive().isFinite();
  }
}
