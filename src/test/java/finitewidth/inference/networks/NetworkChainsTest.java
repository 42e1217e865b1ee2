package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.oracle.Golden;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine against posteriors that importance sampling from the prior knows. Deviations are at
 * most 4 standard errors, which 31 degrees of freedom exceed by chance in 1 of 2700 numbers, and 63
 * in 1 of 6000.
 */
class NetworkChainsTest {
  static List<GoldenNetwork> small() {
    return GoldenNetwork.list("cases").subList(0, 3);
  }

  static List<GoldenNetwork> all() {
    return GoldenNetwork.list("cases");
  }

  @ParameterizedTest
  @MethodSource("small")
  void agreesWithImportanceSampling(GoldenNetwork golden) {
    compare(
        golden, new Chains(List.of(SmallChains.widths(golden.widths())), 32, 200, 3200, 200, 3));
  }

  @ParameterizedTest
  @MethodSource("all")
  @Tag("slow")
  void agreesWithImportanceSamplingAtLength(GoldenNetwork golden) {
    compare(
        golden, new Chains(List.of(SmallChains.widths(golden.widths())), 64, 3000, 32000, 400, 4));
  }

  /** Draws come before the way back, so predictions have the same bits. */
  @Test
  void withoutEvidenceNothingElseIsOther() {
    GoldenNetwork golden = small().get(0);
    Widths widths = SmallChains.widths(golden.widths());
    Chains chains = new Chains(List.of(widths), 3, 50, 12, 50, 3);
    Conditioning on = SmallChains.conditioning(golden);
    Conditioned with = SmallChains.fit(on, chains, golden.tests());
    Conditioned without = SmallChains.fit(on, chains.withoutEvidence(), golden.tests());
    List<Predictive> expected = SmallChains.predict(with, golden.tests(), widths);
    List<Predictive> found = SmallChains.predict(without, golden.tests(), widths);
    for (int x = 0; x < found.size(); x++) {
      assertThat(found.get(x).mean()).isEqualTo(expected.get(x).mean());
      assertThat(found.get(x).varianceError()).isEqualTo(expected.get(x).varianceError());
    }
    assertThat(with.posterior().logEvidence().at(widths)).isFinite();
    assertThat(without.posterior().logEvidence().at(widths)).isNaN();
    assertThat(without.account(widths).chains().get(0).evidenceFailures())
        .containsExactly("it is not computed, as nobody has asked for it");
    assertThat(without.warnings("rows", widths)).noneMatch(told -> told.contains("evidence"));
  }

  private static void compare(GoldenNetwork golden, Chains chains) {
    Conditioning on = SmallChains.conditioning(golden);
    Conditioned fitted = SmallChains.fit(on, chains, golden.tests());
    Widths widths = chains.widths().get(0);
    double[] mean = Golden.flat(golden.json().get("mean"));
    double[] variance = Golden.flat(golden.json().get("var"));
    double[] meanError = Golden.flat(golden.json().get("mean_se"));
    double[] varianceError = Golden.flat(golden.json().get("var_se"));
    List<Predictive> found = SmallChains.predict(fitted, golden.tests(), widths);
    int outputs = golden.targets().cols();
    for (int x = 0; x < found.size(); x++) {
      for (int i = 0; i < outputs; i++) {
        int at = x * outputs + i;
        Predictive row = found.get(x);
        double error = Math.hypot(meanError[at], row.meanError()[i]);
        double spread = Math.hypot(varianceError[at], row.varianceError()[i]);
        assertThat(row.mean()[i]).isCloseTo(mean[at], within(4 * error));
        assertThat(row.variance()[i]).isCloseTo(variance[at], within(4 * spread));
      }
    }
    double evidence = golden.json().get("logZ").asDouble();
    double error =
        Math.hypot(
            golden.json().get("logZ_se").asDouble(),
            fitted.posterior().logEvidence().error(widths));
    assertThat(fitted.posterior().logEvidence().at(widths)).isCloseTo(evidence, within(4 * error));
  }
}
