package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.inference.ChainEnd;
import finitewidth.inference.ChainReport;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Seconds end chains, and whoever reads of them is told. */
class ChainBudgetTest {
  private static final Matrix TESTS = Problems.gaussian(5, 3, 3);
  private static final Widths WIDTHS = Widths.of(5);
  private static final Chains CHAINS = new Chains(List.of(WIDTHS), 3, 150, 12, 60, 7);
  private static final double LONG = 1e6;

  private static Conditioning on() {
    return SmallChains.conditioning(
        Problems.network("relu", 1), Problems.gaussian(14, 3, 1), Problems.gaussian(14, 2, 2), 0.1);
  }

  private static ChainReport report(Conditioned fitted) {
    return fitted.account(WIDTHS).chains().get(0);
  }

  /** One round of draws is made whatever it takes, and the log evidence is had. */
  @Test
  void noTimeIsOneRound() {
    Conditioned fitted = SmallChains.fit(on(), CHAINS.within(1e-9), TESTS);
    assertThat(report(fitted).end()).isEqualTo(ChainEnd.SECONDS);
    assertThat(report(fitted).iterations()).isEqualTo(50);
    assertThat(report(fitted).logEvidence()).isFinite();
    assertThat(fitted.warnings("rows", WIDTHS).get(0))
        .startsWith(
            "networks of widths [5]: not converged after 50 iterations of 3 chains, ended by"
                + " {NETWORKS_SECONDS} = 1.0E-9, as ");
  }

  @Test
  void enoughTimeChangesNoBit() {
    Conditioned within = SmallChains.fit(on(), CHAINS.within(LONG), TESTS);
    Conditioned without = SmallChains.fit(on(), CHAINS, TESTS);
    assertThat(report(within).end()).isEqualTo(ChainEnd.ITERATIONS);
    assertThat(report(within).iterations()).isEqualTo(150);
    List<Predictive> ones = SmallChains.predict(within, TESTS, WIDTHS);
    List<Predictive> others = SmallChains.predict(without, TESTS, WIDTHS);
    for (int x = 0; x < ones.size(); x++) {
      assertThat(ones.get(x).mean()).isEqualTo(others.get(x).mean());
      assertThat(ones.get(x).variance()).isEqualTo(others.get(x).variance());
    }
  }

  /** A checkpoint says that all the time is spent: what goes on from it stops after one round. */
  @Test
  void timeBeforeAKillCounts() {
    Chains within = CHAINS.within(LONG);
    PiecesInMemory kept = new PiecesInMemory();
    // The pilot, the way to the posterior, adaptation, and some of the first draws.
    assertThatThrownBy(() -> SmallChains.fit(on(), within, TESTS, kept.runtime(3)))
        .hasMessage("killed");
    kept.spentBeforeTheLast(2 * LONG);
    Conditioned fitted = SmallChains.fit(on(), within, TESTS, kept.runtime(100));
    assertThat(report(fitted).end()).isEqualTo(ChainEnd.SECONDS);
    assertThat(report(fitted).iterations()).isEqualTo(50);
    // And what was decided then is decided again.
    assertThat(report(SmallChains.fit(on(), within, TESTS, kept.runtime(100))).iterations())
        .isEqualTo(50);
    assertThat(kept.computed()).isZero();
  }

  @Test
  void aBudgetCountsOn() {
    Budget budget = new Budget(OptionalDouble.of(10));
    assertThat(budget.allows(4, 6)).isTrue();
    assertThat(budget.allows(4, 6.1)).isFalse();
    budget.resume(100);
    assertThat(budget.spent()).isBetween(100.0, 200.0);
    assertThat(new Budget(OptionalDouble.empty()).allows(1e300, 1e300)).isTrue();
    assertThatThrownBy(() -> CHAINS.within(0)).hasMessage("0.0 seconds; some are needed");
  }
}
