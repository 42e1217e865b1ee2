package finitewidth.inference.proportional;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.scale.Scaling;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernel renormalisation against reference numbers and closed forms. */
class ProportionalTest {
  private static final LocalRuntime RUNTIME = LocalRuntime.allCores();

  private static JsonNode all() {
    try (InputStream in = ProportionalTest.class.getResourceAsStream("/golden/proportional.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<JsonNode> cases() {
    return Golden.cases("proportional.json").stream();
  }

  private static Widths widths(JsonNode golden) {
    return Widths.of(Golden.vector(golden.get("widths")));
  }

  private static double[][] rows(Matrix matrix, int from, int to) {
    double[][] rows = new double[to - from][];
    for (int a = from; a < to; a++) {
      rows[a - from] = matrix.row(a);
    }
    return rows;
  }

  private static Conditioning conditioning(JsonNode golden) {
    JsonNode inputs = all().get("inputs");
    double[] y = Golden.vector(inputs.get("Y"));
    for (int a = 0; a < y.length; a++) {
      y[a] *= golden.get("scale").asDouble();
    }
    return conditioning(
        Architecture.uniform(
            Activations.byName(golden.get("act").asText()).orElseThrow(),
            golden.get("widths").size(),
            golden.get("Cb").asDouble(),
            golden.get("CW").asDouble()),
        Matrix.copyOf(rows(Golden.matrix(inputs.get("X")), 0, 3)),
        Matrix.copyOf(new double[][] {y}).transpose(),
        inputs.get("noise_variance").asDouble());
  }

  private static Conditioning conditioning(
      Architecture network, Matrix inputs, Matrix targets, double noise) {
    return Conditioning.of(
        new Conditioning.Settings(network, true, 1e-9, noise),
        inputs,
        targets,
        LongStream.range(0, inputs.rows()).boxed().toList());
  }

  private static Saddle saddle(Conditioning on, Widths widths) {
    return Saddle.of(
        on.problem().flow().architecture(),
        on.problem().flow().inputs(),
        on.targets(),
        on.noiseVariance(),
        widths,
        new double[widths.hiddenLayers()]);
  }

  private static Conditioned fit(Conditioning on, Widths... widths) {
    return new Proportional(Scaling.of(List.of(widths)))
        .condition(on, Ask.rows(List.of()), RUNTIME);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSaddleIsThatOfTheReference(JsonNode golden) {
    Saddle found = saddle(conditioning(golden), widths(golden));
    assertThat(found.found()).isTrue();
    // The reference ends by steps of that size.
    assertClose("Q", found.scales(), Golden.vector(golden.get("kr").get("Q")), 2e-6);
  }

  /**
   * One layer, or a linear network of any depth: to the error of the reference's grid. Where a
   * scale before the last is at its saddle instead, to what its spread does.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void thePosteriorIsThatOfTheReference(JsonNode golden) {
    Widths widths = widths(golden);
    Posterior found = fit(conditioning(golden), widths).posterior();
    double[][] test = rows(Golden.matrix(all().get("inputs").get("X")), 3, 4);
    Predictive row = found.predictor(Order.CORRECTED).predict(test).get(0).at(widths);
    JsonNode expected = golden.get("kr");
    boolean linear = golden.get("act").asText().equals("linear");
    // Of the grid; in mean and variance 50 times that.
    double exact = widths.hiddenLayers() == 1 ? 2e-6 : 1e-5;
    boolean saddle = widths.hiddenLayers() > 1 && !linear;
    assertThat(found.logEvidence().at(widths))
        .isCloseTo(expected.get("logp_integrated").asDouble(), within(saddle ? 0.02 : 4 * exact));
    assertClose(
        "mean",
        row.mean()[0],
        expected.get("mean_integrated").get(0).asDouble(),
        saddle ? 0.02 : 50 * exact);
    assertClose(
        "variance",
        row.variance()[0],
        expected.get("var_integrated").get(0).asDouble(),
        saddle ? 0.03 : 50 * exact);
  }

  /** One linear layer without noise: Q = [(1 − P/n) + √((1 − P/n)² + 4q/n)]/2. */
  @Test
  void theSaddleOfALinearLayerIsInClosedForm() {
    JsonNode golden = all().get("linear_saddle");
    double q = golden.get("q").asDouble();
    int p = golden.get("P").asInt();
    Architecture network =
        Architecture.uniform(Activations.byName("linear").orElseThrow(), 1, 0, 1.3);
    Matrix inputs = Problems.gaussian(p, 6, 4);
    Matrix targets = Problems.gaussian(p, 1, 5);
    double fit = conditioning(network, inputs, targets, 0).nngp().dataFit();
    for (int i = 0; i < p; i++) {
      targets.data()[i] *= Math.sqrt(q / fit);
    }
    Saddle found =
        saddle(conditioning(network, inputs, targets, 0), Widths.of(golden.get("n").asDouble()));
    assertClose("Q", found.scales()[0], golden.get("Q_closed").asDouble(), 1e-9);
  }

  /** At the saddle of two layers nothing goes up: another start ends there as well. */
  @Test
  void anotherStartEndsAtTheSameSaddle() {
    Conditioning on = tanh(0.05);
    Widths widths = Widths.of(6, 4);
    Saddle one = saddle(on, widths);
    Saddle other =
        Saddle.of(
            on.problem().flow().architecture(),
            on.problem().flow().inputs(),
            on.targets(),
            on.noiseVariance(),
            widths,
            new double[] {1.2, -0.9});
    assertThat(one.found() && other.found()).isTrue();
    assertClose("Q", other.scales(), one.scales(), 1e-7);
  }

  private static Conditioning tanh(double noise) {
    return conditioning(
        Architecture.uniform(Activations.byName("tanh").orElseThrow(), 2, 0.1, 1.8),
        Problems.gaussian(8, 2, 1),
        Problems.gaussian(8, 1, 2),
        noise);
  }

  @Test
  void theSamePosteriorComesBackAndWideNetworksAreInfinitelyWide() {
    Widths[] widths = {Widths.of(8, 8), Widths.of(1e7, 1e7)};
    Posterior made = fit(tanh(0.2), widths).posterior();
    State state = made.state();
    Inference saved = Engines.saved(state.engine()).orElseThrow();
    saved.expect(
        new State.Sizes(8, 2, 1, 2, true, state.numbers()),
        (name, rows, columns) -> {
          assertThat(state.tensor(name).rows()).as(name).isEqualTo((int) rows);
          assertThat(state.tensor(name).cols()).as(name).isEqualTo((int) columns);
        });
    Posterior restored = saved.restore(made.nngp(), made.problem(), made.logEvidence(), state);
    double[][] row = {{0.3, -0.8}};
    Predictive before = made.predictor(Order.CORRECTED).predict(row).get(0).at(widths[0]);
    Predictive after = restored.predictor(Order.CORRECTED).predict(row).get(0).at(widths[0]);
    assertThat(after.mean()).isEqualTo(before.mean());
    assertThat(after.variance()).isEqualTo(before.variance());
    assertThat(restored.fingerprint().bytes()).isEqualTo(made.fingerprint().bytes());
    Predictive wide = made.predictor(Order.CORRECTED).predict(row).get(0).at(widths[1]);
    assertThat(wide.deltaMean()[0]).isCloseTo(0, within(1e-5));
    assertThat(wide.deltaVariance()[0]).isCloseTo(0, within(1e-5));
    assertThat(made.logEvidence().delta(widths[1])).isCloseTo(0, within(1e-4));
  }

  @Test
  void whatItCannotDoIsRefused() {
    Conditioning two =
        conditioning(
            Architecture.uniform(Activations.byName("relu").orElseThrow(), 1, 0.1, 2),
            Problems.gaussian(4, 2, 1),
            Problems.gaussian(4, 2, 2),
            0.1);
    assertThatThrownBy(() -> fit(two, Widths.of(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one output");
    assertThat(new Proportional(Scaling.standard(3)).refusal(two.problem().flow().architecture()))
        .hasValueSatisfying(why -> assertThat(why).contains("1 hidden layers"));
  }
}
