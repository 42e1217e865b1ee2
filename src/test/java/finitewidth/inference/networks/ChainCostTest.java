package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inference.ConditioningShape;
import finitewidth.inference.Cost;
import finitewidth.oracle.Problems;
import finitewidth.prior.Widths;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an estimate makes of the settings of chains. */
class ChainCostTest {
  private static final ConditioningShape ON =
      new ConditioningShape(Problems.network("relu", 1), 1000, 8, 1, true);
  private static final Chains CHAINS = Chains.of(List.of(Widths.of(64)));

  private static Cost of(Chains chains) {
    return ChainCost.conditioning(ON, chains, 2);
  }

  /**
   * Where hyperparameters are sampled each leap has the last layer integrated out: 50 leaps at 3Pq²
   * in the place of as many at 6P(nd + q) are 11 times as much here, and sweeps make it less.
   */
  @Test
  void sampledHyperparametersMakeLeapsDear() {
    Cost given = of(CHAINS);
    Cost sampled = of(CHAINS.sampling(HyperparameterPrior.weak(true)));
    assertThat(sampled.seconds() / given.seconds()).isBetween(1.5, 11.0);
    // Noise, two biases, two weight variances, eight scales: 13 beside 576 weights.
    assertThat(sampled.heap().result() / given.heap().result())
        .isCloseTo(589.0 / 576, within(1e-12));
  }

  @Test
  void secondsAreTheMostThereIs() {
    Cost endless = of(CHAINS);
    double some = 1.5 * endless.seconds() / 2;
    assertThat(of(CHAINS.within(some)).mostSeconds()).isCloseTo(2 * some, within(1e-9));
    // What is done in any case stays.
    assertThat(of(CHAINS.within(1e-3)).mostSeconds()).isEqualTo(endless.seconds());
    assertThat(of(CHAINS.within(1e9)).mostSeconds()).isEqualTo(endless.mostSeconds());
  }
}
