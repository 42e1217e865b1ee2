package finitewidth.inference.networks;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.oracle.Golden;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R-hat, effective draws and standard errors against those of arviz and of known chains. */
class EffectiveDrawsTest {
  static List<JsonNode> chains() {
    return Golden.list("/oracle/chains.json", "chains");
  }

  @ParameterizedTest
  @MethodSource("chains")
  void arvizHasTheSame(JsonNode golden) {
    double[][] draws = draws(golden);
    String name = golden.get("name").asText();
    // Rounded to 16 digits, 1e5 and a unit of scatter leave 11.
    double tolerance = name.equals("far from zero") ? 1e-9 : 1e-11;
    assertClose(name, SplitRhat.of(draws), golden.get("rhat").asDouble(), tolerance);
    assertClose(
        name, EffectiveDraws.of(draws), golden.get("effective_draws").asDouble(), tolerance);
    assertClose(
        name,
        EffectiveDraws.standardError(draws),
        golden.get("standard_error").asDouble(),
        tolerance);
  }

  /**
   * 80,000 draws, whose count of effective ones scatters by 1.1 % (ρ = 0) to 4.1 % (ρ = 0.9) about
   * 99 % of what it should be, as 60 runs had it: 18 % are more than 4 deviations, a false alarm in
   * 16,000.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.6, 0.9})
  void knownAutocorrelation(double rho) {
    AutoregressiveChains chains = new AutoregressiveChains(rho, 5);
    double effective = EffectiveDraws.of(chains.draw(4, 20_000));
    assertThat(effective * chains.time() / 80_000).isCloseTo(1, within(0.18));
  }

  @Test
  void whatDoesNotVary() {
    double[][] same = new double[4][100];
    double[][] apart = new double[4][100];
    for (int c = 0; c < 4; c++) {
      Arrays.fill(same[c], 0.1);
      Arrays.fill(apart[c], 0.1 * c);
    }
    assertThat(SplitRhat.of(same)).isEqualTo(1);
    assertThat(EffectiveDraws.of(same)).isEqualTo(400);
    assertThat(EffectiveDraws.standardError(same)).isZero();
    assertThat(SplitRhat.of(apart)).isInfinite();
    assertThat(EffectiveDraws.of(apart)).isLessThan(10);
  }

  @Test
  void whatIsNoNumberStaysNone() {
    double[][] draws = new AutoregressiveChains(0.5, 1).draw(2, 20);
    draws[1][3] = Double.NaN;
    assertThat(SplitRhat.of(draws)).isNaN();
    assertThat(EffectiveDraws.of(draws)).isNaN();
    draws[1][3] = Double.NEGATIVE_INFINITY;
    assertThat(SplitRhat.of(draws)).isNaN();
    assertThat(EffectiveDraws.of(draws)).isNaN();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> SplitRhat.of(new double[2][3]))
        .hasMessage("a chain has 3 draws, and halves need 4");
    assertThatThrownBy(() -> EffectiveDraws.of(new double[][] {new double[8], new double[6]}))
        .hasMessage("chain 1 has 6 draws, the first 8");
  }

  static double[][] draws(JsonNode golden) {
    double[][] draws = new double[golden.get("draws").size()][];
    for (int c = 0; c < draws.length; c++) {
      draws[c] = Golden.vector(golden.get("draws").get(c));
    }
    return draws;
  }
}
