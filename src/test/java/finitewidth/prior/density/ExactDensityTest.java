package finitewidth.prior.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.gaussian.activations.Activations;
import finitewidth.oracle.Golden;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExactDensityTest {
  private static final double[] AT = {0.5, 1, 2, 3};

  /** docs/theory.md#reference-values: twelve digits. */
  @Test
  void oneHiddenLayerHasTheDensitiesOfThePaper() {
    double[] linear = {.363678665376, .227149828889, .0494222856997, .00680459355279};
    double[] relu = {.361133503852, .199969515955, .0462960087527, .00881803065732};
    ExactDensity straight = ExactDensity.of(unit("linear", 1), Widths.of(10), 1);
    ExactDensity bent = ExactDensity.of(unit("relu", 1), Widths.of(10), 1);
    for (int i = 0; i < AT.length; i++) {
      assertThat(straight.at(AT[i]) / linear[i]).isCloseTo(1, within(3e-12));
      assertThat(bent.at(-AT[i]) / relu[i]).isCloseTo(1, within(3e-12));
    }
    assertThat(straight.atom()).isZero();
    assertThat(bent.atom()).isCloseTo(Math.pow(2, -10), within(1e-17));
  }

  /** Made by resources/density/prior_density.py: Meijer-G functions, and nested integrals. */
  static List<JsonNode> references() {
    return Golden.list("/density/prior_density.json", "cases");
  }

  @ParameterizedTest
  @MethodSource("references")
  void agreesWithMeijerFunctionsAndNestedIntegrals(JsonNode reference) {
    ExactDensity density = of(reference);
    for (int i = 0; i < reference.get("points").size(); i++) {
      double h = reference.get("points").get(i).asDouble();
      double expected = reference.get("density").get(i).asDouble();
      assertThat(density.at(h) / expected).as("at " + h).isCloseTo(1, within(1e-11));
    }
  }

  private static ExactDensity of(JsonNode reference) {
    double[] widths = Golden.vector(reference.get("hidden_widths"));
    double[] bias = new double[widths.length + 1];
    double[] weight = new double[widths.length + 1];
    weight[0] = 1;
    for (int h = 0; h < widths.length; h++) {
      bias[h + 1] = Double.parseDouble(reference.get("bias_variance").get(h).asText());
      weight[h + 1] = Double.parseDouble(reference.get("weight_variance").get(h).asText());
    }
    return ExactDensity.of(
        Architecture.of(activation(reference.get("activation").asText()), bias, weight),
        Widths.of(widths),
        Double.parseDouble(reference.get("input_variance").asText()));
  }

  @Test
  void integratesToOneWithItsVarianceAndFourthMoment() {
    // E z² = 1 and E z⁴ = 3 Π(1 + 2/n), for ReLU 3 Π(1 + 5/n) (docs/theory.md#reference-values).
    assertMoments("linear", new double[] {7, 30}, 2);
    assertMoments("relu", new double[] {7, 30}, 5);
    assertMoments("relu", new double[] {300, 1000}, 5);
  }

  private static void assertMoments(String activation, double[] widths, double excess) {
    ExactDensity density = ExactDensity.of(unit(activation, 2), Widths.of(widths), 1);
    double sum = density.atom();
    double square = 0;
    double fourth = 0;
    // On h = sinh x the integrand is smooth and the trapezoidal rule converges exponentially; near
    // zero the density of a ReLU grows as log h, which x → −∞ takes care of: h = e^x.
    double step = 0.02;
    for (double x = -60; x < 6; x += step) {
      double h = Math.exp(x);
      double mass = 2 * step * h * density.at(h);
      sum += mass;
      square += mass * h * h;
      fourth += mass * h * h * h * h;
    }
    double expected = 3;
    for (double n : widths) {
      expected *= 1 + excess / n;
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(square).isCloseTo(1, within(1e-12));
    assertThat(fourth / expected).isCloseTo(1, within(1e-11));
  }

  @Test
  void halvingTheStepOfTheGridChangesNothing() {
    for (String activation : List.of("linear", "relu")) {
      for (double bias : new double[] {0, 0.1}) {
        Architecture network = Architecture.uniform(activation(activation), 2, bias, 2);
        Widths widths = Widths.of(20, 60);
        ExactDensity coarse = ExactDensity.of(network, widths, 0.7);
        ExactDensity fine = ExactDensity.of(network, widths, 0.7, 0.5 / Math.sqrt(20 + 60 + 45));
        for (double h : new double[] {0.01, 0.3, 1, 4, 12}) {
          assertThat(coarse.at(h) / fine.at(h)).isCloseTo(1, within(1e-11));
        }
      }
    }
  }

  @Test
  void wideNetworksHaveTheEdgeworthDensityUpToTheNextOrder() {
    double[] remainder = new double[2];
    double[] width = {1000, 4000};
    for (int w = 0; w < width.length; w++) {
      Widths widths = Widths.uniform(2, width[w]);
      ExactDensity exact = ExactDensity.of(unit("relu", 2), widths, 1);
      Edgeworth first = Edgeworth.prior(1, 0, 2 * 5 / width[w]);
      for (double h : new double[] {0.3, 1, 2, 3}) {
        remainder[w] += Math.abs(exact.at(h) / first.density(h) - 1);
      }
    }
    assertThat(remainder[0] / remainder[1]).isBetween(15.0, 17.0);
  }

  @Test
  void isUnboundedAtZeroWhereOneNeuronMayBeAllThatThereIs() {
    assertThat(ExactDensity.of(unit("relu", 1), Widths.of(3), 1).at(0)).isInfinite();
    // N(0, 1) times χ_2/√2: a Laplace density of scale 1/√2.
    assertThat(ExactDensity.of(unit("linear", 1), Widths.of(2), 1).at(0))
        .isCloseTo(Math.sqrt(0.5), within(1e-13));
    Architecture biased =
        Architecture.of(activation("relu"), new double[] {0, 1}, new double[] {1, 2});
    assertThat(ExactDensity.of(biased, Widths.of(3), 1).at(0)).isFinite();
  }

  @Test
  void anInputOfNoVarianceHasBiasesAlone() {
    Architecture network = Architecture.uniform(activation("relu"), 2, 0, 2);
    assertThat(ExactDensity.of(network, Widths.of(5, 5), 0).atom()).isEqualTo(1);
    Architecture last =
        Architecture.of(activation("relu"), new double[] {0, 0, 0.25}, new double[] {2, 2, 2});
    ExactDensity density = ExactDensity.of(last, Widths.of(5, 5), 0);
    assertThat(density.at(0.3)).isCloseTo(Edgeworth.prior(0.25, 0, 0).density(0.3), within(1e-15));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    Architecture erf = Architecture.uniform(activation("erf"), 1, 0, 1);
    assertThat(ExactDensity.refusal(erf, Widths.of(10)))
        .hasValueSatisfying(reason -> assertThat(reason).contains("linear and relu"));
    assertThatThrownBy(() -> ExactDensity.of(erf, Widths.of(10), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ExactDensity.refusal(unit("relu", 1), Widths.of(1e6))).isPresent();
    assertThat(ExactDensity.refusal(unit("relu", 1), Widths.of(1e4))).isEmpty();
  }

  /** No biases, output variance 1 for input variance 1. */
  private static Architecture unit(String activation, int hidden) {
    return Architecture.uniform(
        activation(activation), hidden, 0, activation.equals("relu") ? 2 : 1);
  }

  private static finitewidth.gaussian.Activation activation(String name) {
    return Activations.byName(name).orElseThrow();
  }

  @Test
  void edgeworthIsPositiveUntilThePolynomialDips() {
    // He4 is least at z² = 3, where it is −6.
    assertThat(new Edgeworth(0, 1, 0, 0, 0.1666).isPositive()).isTrue();
    assertThat(new Edgeworth(0, 1, 0, 0, 0.1667).isPositive()).isFalse();
    assertThat(new Edgeworth(0, 1, 0, 0.01, 0).isPositive()).isFalse();
    assertThat(new Edgeworth(0, 1, 0.5, 0, 0).isPositive()).isTrue();
    assertThat(new Edgeworth(0, 1, 1.5, 0, 0).isPositive()).isFalse();
    assertThat(new Edgeworth(0, 1, 0, 0, -0.01).isPositive()).isFalse();
    for (double third : new double[] {0, 0.02, 0.05, 0.08, 0.1, 0.2}) {
      Edgeworth some = new Edgeworth(0, 1, 0.03, third, 0.02);
      boolean seen =
          DoubleStream.iterate(-20, z -> z + 1e-3).limit(40000).allMatch(z -> some.density(z) >= 0);
      assertThat(some.isPositive()).as("third " + third).isEqualTo(seen);
    }
  }

  @Test
  void cornishFisherQuantilesHoldTheEdgeworthMassBelow() {
    // To first order in the cumulants: the mass below errs by their square.
    double[] error = new double[2];
    for (int i = 0; i < 2; i++) {
      double size = i == 0 ? 1 : 0.5;
      Edgeworth some = new Edgeworth(0.3, 2, 0.01 * size, 0.005 * size, 0.003 * size);
      double quantile = some.quantile(1.2815515655446004);
      double mass = 0;
      double step = 1e-3;
      int points = (int) ((quantile - (0.3 - 20)) / step);
      double exactStep = (quantile - (0.3 - 20)) / points;
      for (int k = 0; k < points; k++) {
        double left = 0.3 - 20 + k * exactStep;
        mass +=
            exactStep
                / 6
                * (some.density(left)
                    + 4 * some.density(left + exactStep / 2)
                    + some.density(left + exactStep));
      }
      error[i] = Math.abs(mass - 0.9);
    }
    assertThat(error[0]).isLessThan(2e-4);
    assertThat(error[0] / error[1]).isBetween(3.5, 4.5);
  }
}
