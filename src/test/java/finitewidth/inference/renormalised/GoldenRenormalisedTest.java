package finitewidth.inference.renormalised;

import static finitewidth.oracle.Closeness.assertClose;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.inference.Posterior;
import finitewidth.inference.scale.Guards;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Widths;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against reference numbers that dense matrices in Python gave, and 30-digit quadrature. */
class GoldenRenormalisedTest {
  /** Deep linear networks with one output and no hidden bias are exact at every width. */
  @ParameterizedTest
  @ValueSource(strings = {"lin1", "lin1_wide_scale", "lin1_bias", "lin2"})
  void deepLinearNetworksAreExact(String name) throws IOException {
    GoldenCase golden = GoldenCase.of(name);
    compare(golden, golden.json().get("exact"), 1e-11);
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu1", "relu1_big", "relu2", "erf1", "erf2"})
  void onePassIsThatOfTheReference(String name) throws IOException {
    GoldenCase golden = GoldenCase.of(name);
    JsonNode expected = golden.json().get("rfo_one_pass");
    // The reference has four-point moments of ReLU by a quadrature of its own.
    compare(golden, expected, 4e-9);
    RenormalisedPosterior posterior = golden.at(golden.widths());
    AtNetwork network = posterior.networks().get(0);
    assertClose("ũ", network.u(), expected.get("u").asDouble(), 1e-9);
    assertClose("Q*", network.scale().typical(), expected.get("Qstar").asDouble(), 1e-9);
    assertClose("sd", network.scale().deviationLog(), expected.get("sd_u").asDouble(), 1e-9);
    double f = Guards.damping(network.rho());
    double largest =
        Math.max(
            Math.abs(expected.get("x_min_damped").asDouble()),
            Math.abs(expected.get("x_max_damped").asDouble()));
    assertClose("ρ", f * network.rho(), largest, 1e-9);
    assertClose(
        "log evidence of the scale",
        posterior.nngp().logEvidence() + network.scale().logEvidence(),
        expected.get("scale_only").get("logp").asDouble(),
        1e-11);
  }

  /** The rest about the scale that the data ask for, contracted once more. */
  @ParameterizedTest
  @ValueSource(strings = {"lin1", "lin2", "relu1", "relu1_big", "relu2", "erf1", "erf2"})
  void twoPassesAreThoseOfTheReference(String name) throws IOException {
    GoldenCase golden = GoldenCase.of(name);
    compare(golden, golden.json().get("rfo"), 1e-8, golden.twice());
  }

  private static void compare(GoldenCase golden, JsonNode expected, double tolerance) {
    compare(golden, expected, tolerance, golden.at(golden.widths()));
  }

  private static void compare(
      GoldenCase golden, JsonNode expected, double tolerance, Posterior posterior) {
    Widths widths = golden.widths();
    Predictive found = golden.predictive(posterior, widths);
    assertClose(
        "log evidence",
        posterior.logEvidence().at(widths),
        expected.get("logp").asDouble(),
        tolerance);
    assertClose("mean", found.mean()[0], expected.get("mean").asDouble(), tolerance);
    assertClose("variance", found.variance()[0], expected.get("var").asDouble(), tolerance);
  }
}
