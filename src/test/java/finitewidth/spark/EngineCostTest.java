package finitewidth.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.contraction.ContractionProblem;
import finitewidth.flow.SampleFlow;
import finitewidth.oracle.Problems;
import finitewidth.posterior.NngpPosterior;
import org.junit.jupiter.api.Test;

class EngineCostTest {
  private static double seconds(String activation) {
    SampleFlow flow = SampleFlow.of(Problems.network(activation, 2), Problems.gaussian(12, 3, 1));
    NngpPosterior nngp = NngpPosterior.of(flow.kernel(2), Problems.gaussian(12, 1, 2), 0.1);
    return EngineCost.exactSeconds(
        new ContractionProblem(flow, nngp.phi(), nngp.inverse(), true, 1e-9), 10);
  }

  /** Moments are as many for each activation, so that costs are as their nanoseconds. */
  @Test
  void byActivation() {
    assertThat(seconds("relu") / seconds("erf")).isCloseTo(2.4, within(1e-12));
    assertThat(seconds("gelu") / seconds("leaky-relu")).isCloseTo(2, within(1e-12));
    assertThat(seconds("erf")).isPositive().isLessThan(EngineCost.AFFORDABLE_SECONDS);
  }

  /** No cost is too high for the sampled engine where there is no other. */
  @Test
  void withoutFourPointMomentsThereIsNoExactEngine() {
    assertThat(seconds("tanh")).isInfinite();
  }
}
