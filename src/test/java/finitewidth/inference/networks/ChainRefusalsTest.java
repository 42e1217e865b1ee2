package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.gaussian.ActivationFunction;
import finitewidth.gaussian.Derivative;
import finitewidth.gaussian.quadrature.QuadratureActivation;
import finitewidth.inference.Conditioned;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What chains do not take is said in a sentence; what they have not found out, too. */
class ChainRefusalsTest {
  private static final Matrix INPUTS = Problems.gaussian(6, 2, 1);
  private static final Matrix TARGETS = Problems.gaussian(6, 1, 2);

  private static Chains of(double... widths) {
    return Chains.of(List.of(Widths.of(widths)));
  }

  @Test
  void refusesWidthsThatNoNetworkHas() {
    assertThatThrownBy(() -> of(0)).hasMessage("width 0.0 is not positive");
    assertThatThrownBy(() -> of(2.5)).hasMessage("there are no networks of widths [2.5]");
    assertThatThrownBy(() -> of(Double.POSITIVE_INFINITY))
        .hasMessageStartingWith("there are no networks of widths");
    assertThat(new NetworkChains(of(4, 4)).refusal(Problems.network("relu", 1)))
        .contains("has 1 hidden layers, and chains are of other networks");
    assertThat(new NetworkChains(of(4)).refusal(Problems.network("relu", 1))).isEmpty();
  }

  @Test
  void refusesSettingsThatSayNothing() {
    List<Widths> widths = List.of(Widths.of(4));
    assertThatThrownBy(() -> new Chains(widths, 1, 100, 10, 50, 1))
        .hasMessage("1 chains; at least 2 are needed");
    assertThatThrownBy(() -> new Chains(widths, 4, 10, 10, 50, 1))
        .hasMessage("10 iterations; at least 50 are needed");
    assertThatThrownBy(() -> new Chains(widths, 4, 100, 3, 50, 1))
        .hasMessage("3 states; each of the 4 chains has at least one");
    assertThatThrownBy(() -> new Chains(widths, 4, 100, 10, 1, 1))
        .hasMessage("1 steps of annealing; at least 2 are needed");
  }

  /** A user's activation, with or without a derivative. */
  private record Own(boolean known, double limit) implements ActivationFunction {
    private static final long serialVersionUID = 1L;

    @Override
    public double value(double z) {
      return z > limit ? Double.NaN : Math.max(-1, Math.min(1, z));
    }

    @Override
    public Optional<Derivative> derivative() {
      return known ? Optional.of((z, value) -> Math.abs(z) < 1 ? 1 : 0) : Optional.empty();
    }

    Architecture network() {
      return Architecture.uniform(new QuadratureActivation("a.Own", this), 1, 0.1, 2);
    }
  }

  @Test
  void refusesAnActivationWithoutDerivative() {
    assertThat(new NetworkChains(of(4)).refusal(new Own(false, 99).network()))
        .hasValueSatisfying(why -> assertThat(why).startsWith("has no derivative"));
    assertThat(new NetworkChains(of(4)).refusal(new Own(true, 99).network())).isEmpty();
  }

  @Test
  void takesAUsersActivationWithOne() {
    Conditioned fitted =
        SmallChains.fit(
            SmallChains.conditioning(new Own(true, 99).network(), INPUTS, TARGETS, 0.2),
            new Chains(List.of(Widths.of(4)), 4, 200, 40, 50, 1),
            INPUTS);
    for (Prediction row : SmallChains.predictions(fitted, INPUTS)) {
      assertThat(row.at(Widths.of(4)).variance()[0]).isBetween(0.0, 1.0);
    }
  }

  @Test
  void saysWhichActivationIsNoNumber() {
    NetworkProblem problem = NetworkProblem.of(new Own(true, 0.5).network(), INPUTS, TARGETS, 0.2);
    assertThatThrownBy(() -> new Pilot(problem, problem.shape(5), 1).run(50))
        .isInstanceOf(NumericsException.class)
        .hasMessage(
            "the activation a.Own is not finite where a network's fields of hidden layer 1 are");
  }

  @Test
  void namesTheTestsThatShortChainsFail() {
    Widths widths = Widths.of(3);
    Matrix inputs = Problems.gaussian(40, 3, 4);
    Matrix targets = Problems.gaussian(40, 1, 5);
    Conditioned fitted =
        SmallChains.fit(
            SmallChains.conditioning(Problems.network("relu", 1), inputs, targets, 0.01),
            new Chains(List.of(widths), 3, 50, 6, 3, 1),
            inputs);
    List<String> warnings = fitted.warnings("", widths);
    assertThat(fitted.account(widths).met()).isFalse();
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0))
        .startsWith("networks of widths [3]: not converged after 50 iterations of 3 chains, as ")
        .contains("effective draws")
        .endsWith("; errors are those between chains");
    assertThat(warnings.get(1))
        .startsWith("networks of widths [3]: the log evidence is known to lie about between -");
  }

  /**
   * No target varies, so neither does a mean; two rows, more outputs than that, wide and narrow.
   */
  @Test
  void takesConstantTargetsAndTwoRows() {
    Matrix inputs = Problems.gaussian(2, 3, 6);
    for (int[] widths : new int[][] {{1}, {4}, {1, 1}}) {
      Widths at = SmallChains.widths(widths);
      var fitted =
          SmallChains.fit(
              SmallChains.conditioning(
                  Problems.network("relu", widths.length), inputs, Matrix.zeros(2, 3), 0.2),
              new Chains(List.of(at), 2, 200, 20, 50, 1),
              inputs);
      for (Prediction row : SmallChains.predictions(fitted, inputs)) {
        assertThat(row.at(at).mean()).containsExactly(0, 0, 0);
        assertThat(row.at(at).variance()[1]).isBetween(0.0, 0.2);
      }
      assertThat(fitted.posterior().logEvidence().at(at)).isFinite();
    }
  }

  @Test
  void predictionsAreKnownAtWidthsThatHaveChainsOnly() {
    Conditioned fitted =
        SmallChains.fit(
            SmallChains.conditioning(Problems.network("relu", 1), INPUTS, TARGETS, 0.2),
            new Chains(List.of(Widths.of(4), Widths.of(9)), 2, 50, 6, 50, 1),
            INPUTS);
    Prediction row = SmallChains.predictions(fitted, INPUTS).get(0);
    assertThatThrownBy(() -> row.at(Widths.of(5)))
        .hasMessage("the posterior is not known at hidden widths [5], only at [4], [9]");
    assertThat(row.at(Widths.of(Double.POSITIVE_INFINITY)).mean()).isEqualTo(row.nngpMean());
  }
}
