package finitewidth.inference.linear;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import finitewidth.FiniteNetwork;
import finitewidth.FittedNetwork;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.ensemble.Ensemble;
import finitewidth.inference.scale.Scaling;
import finitewidth.inference.scale.Whitened;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.NumericsException;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine for deep linear networks against draws of whole networks and other engines. */
class LinearEngineTest {
  private static final int P = 5;
  private static final int FEATURES = 3;
  private static final double NOISE = 0.3;
  private static final LocalRuntime RUNTIME = LocalRuntime.allCores();
  private static final double[][] ROWS = {
    Problems.gaussian(1, FEATURES, 3).data(), Problems.gaussian(1, FEATURES, 4).data()
  };

  private static Architecture network(double... biases) {
    double[] weights = new double[biases.length];
    Arrays.fill(weights, 1.2);
    return Architecture.of(Activations.byName("linear").orElseThrow(), biases, weights);
  }

  private static Conditioning conditioning(Architecture network, int outputs, double noise) {
    return Conditioning.of(
        new Conditioning.Settings(network, true, 1e-9, noise),
        Problems.gaussian(P, FEATURES, 1),
        Problems.gaussian(P, outputs, 2),
        LongStream.range(0, P).boxed().toList());
  }

  private static Conditioned linear(Conditioning on, long draws, Widths... widths) {
    return new Linear(new Scaling(List.of(widths), draws, 5))
        .condition(on, Ask.rows(List.of(ROWS)), RUNTIME);
  }

  /**
   * All weights of whole networks drawn, and none but the scales. Means, variances and log evidence
   * within 4.5 standard errors of both: of 100 such tests, with at most 13 numbers each, fewer than
   * one fails by chance.
   */
  private static void isThatOfDraws(Conditioning on, Widths widths) {
    Posterior drawn =
        new Ensemble(new Drawing(List.of(widths), 40_000, 3))
            .condition(on, Ask.rows(List.of(ROWS)), RUNTIME)
            .posterior();
    Posterior found = linear(on, 40_000, widths).posterior();
    double error = Math.hypot(drawn.logEvidence().error(widths), found.logEvidence().error(widths));
    assertThat(error).isLessThan(0.05);
    assertThat(found.logEvidence().at(widths))
        .isCloseTo(drawn.logEvidence().at(widths), within(4.5 * error));
    for (double[] row : ROWS) {
      double[][] one = {row};
      Predictive expected = drawn.predictor(Order.CORRECTED).predict(one).get(0).at(widths);
      Predictive own = found.predictor(Order.CORRECTED).predict(one).get(0).at(widths);
      assertThat(own.trusted()).isTrue();
      for (int i = 0; i < own.mean().length; i++) {
        double most = Math.hypot(expected.meanError()[i], own.meanError()[i]);
        assertThat(own.mean()[i]).isCloseTo(expected.mean()[i], within(4.5 * most));
        most = Math.hypot(expected.varianceError()[i], own.varianceError()[i]);
        assertThat(own.variance()[i]).isCloseTo(expected.variance()[i], within(4.5 * most));
      }
    }
  }

  @Test
  void oneOutputIsThatOfNetworksWithBiasesInTheFirstLayerAndTheOutput() {
    isThatOfDraws(conditioning(network(0.4, 0, 0.3), 1, NOISE), Widths.of(3, 5));
  }

  @Test
  void threeOutputsAreThoseOfNetworks() {
    isThatOfDraws(conditioning(network(0.4, 0, 0.3), 3, NOISE), Widths.of(4, 6));
  }

  /** A layer of two neurons leaves three outputs on a plane. */
  @Test
  void layersNarrowerThanTheOutputsAreThoseOfNetworks() {
    isThatOfDraws(conditioning(network(0, 0, 0.3), 3, NOISE), Widths.of(2, 5));
  }

  /** Two outputs and one layer, by quadrature and by draws: 4 standard errors of the draws. */
  @Test
  void drawsAreWithinTheirErrorsOfTheQuadrature() {
    Architecture network = network(0.2, 0.1);
    Conditioning on = conditioning(network, 2, 0.05);
    Widths widths = Widths.of(7);
    Posterior quadrature = linear(on, 1, widths).posterior();
    Whitened at = Whitened.of(on.nngp(), on.problem().flow().kernel(1), 0.1);
    List<MatrixNodes> nodes =
        new MatrixDraws(MatrixLikelihood.of(at, 2), 30_000, 11)
            .run(List.of(widths), on.nngp().logEvidence(), RUNTIME);
    Posterior draws = new MatrixPosterior(on.nngp(), on.problem(), at, nodes);
    double error = draws.logEvidence().error(widths);
    assertThat(error).isLessThan(0.02);
    assertThat(quadrature.logEvidence().error(widths)).isZero();
    assertThat(draws.logEvidence().at(widths))
        .isCloseTo(quadrature.logEvidence().at(widths), within(4 * error));
    Predictive exact = quadrature.predictor(Order.CORRECTED).predict(ROWS).get(0).at(widths);
    Predictive drawn = draws.predictor(Order.CORRECTED).predict(ROWS).get(0).at(widths);
    for (int i = 0; i < 2; i++) {
      assertThat(drawn.mean()[i]).isCloseTo(exact.mean()[i], within(5 * drawn.meanError()[i]));
      assertThat(drawn.variance()[i])
          .isCloseTo(exact.variance()[i], within(5 * drawn.varianceError()[i]));
    }
  }

  /** With many targets the prior's own draws would nearly all carry no weight. */
  @Test
  void drawsGoWhereTheTargetsAre() {
    Architecture network = network(0, 0, 0);
    int rows = 60;
    Matrix targets = Problems.gaussian(rows, 3, 7);
    for (int k = 0; k < targets.data().length; k++) {
      targets.data()[k] *= k % 3 == 0 ? 6 : 0.5;
    }
    Conditioning on =
        Conditioning.of(
            new Conditioning.Settings(network, true, 1e-9, 0.01),
            Problems.gaussian(rows, 30, 8),
            targets,
            LongStream.range(0, rows).boxed().toList());
    Widths widths = Widths.of(40, 40);
    Conditioned found = linear(on, 8_000, widths);
    double effective = found.account(widths).effectiveDraws().orElseThrow();
    assertThat(effective).isGreaterThan(1_000);
    assertThat(found.warnings("rows", widths)).isEmpty();
    // With another seed the answer is within its errors: 4 of them fail once in 16 000.
    Posterior other =
        new Linear(new Scaling(List.of(widths), 8_000, 6))
            .condition(on, Ask.rows(List.of()), RUNTIME)
            .posterior();
    double error = Math.sqrt(2) * found.posterior().logEvidence().error(widths);
    assertThat(other.logEvidence().at(widths))
        .isCloseTo(found.posterior().logEvidence().at(widths), within(4 * error));
  }

  /** Renormalised first order and kernel renormalisation are exact for these, too. */
  @Test
  void oneOutputIsThatOfTheEnginesThatAreExactForIt() {
    double[][] x = new double[P][];
    double[][] y = new double[P][];
    Matrix inputs = Problems.gaussian(P, FEATURES, 1);
    Matrix targets = Problems.gaussian(P, 1, 2);
    for (int a = 0; a < P; a++) {
      x[a] = inputs.row(a);
      y[a] = targets.row(a);
    }
    FiniteNetwork prior =
        FiniteNetwork.of("linear", 3).prior(network(0.2, 0, 0, 0.1)).noiseVariance(NOISE);
    FittedNetwork found = prior.engine("linear").condition(x, y);
    for (String name : List.of("renormalised", "proportional")) {
      FittedNetwork other = prior.engine(name).condition(x, y);
      for (int width : new int[] {8, 256}) {
        Widths widths = Widths.uniform(3, width);
        assertClose(
            "log evidence", found.logEvidence().at(widths), other.logEvidence().at(widths), 1e-10);
        Predictive expected = other.predict(ROWS).get(1).at(widths);
        Predictive own = found.predict(ROWS).get(1).at(widths);
        assertClose("mean", own.mean(), expected.mean(), 1e-10);
        assertClose("variance", own.variance(), expected.variance(), 1e-10);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theSamePosteriorComesBack(int outputs) {
    Widths[] widths = {Widths.of(8), Widths.of(12)};
    Posterior made =
        linear(conditioning(network(0.1, 0.2), outputs, NOISE), 2000, widths).posterior();
    State state = made.state();
    assertThat(state.engine()).isEqualTo(Linear.NAME);
    Inference saved = Engines.saved(state.engine()).orElseThrow();
    SortedMap<String, Matrix> expected = new TreeMap<>();
    saved.expect(
        new State.Sizes(P, FEATURES, outputs, 1, true, state.numbers()),
        (name, rows, columns) -> {
          Matrix tensor = state.tensor(name);
          assertThat(tensor.rows()).as(name).isEqualTo((int) rows);
          assertThat(tensor.cols()).as(name).isEqualTo((int) columns);
          expected.put(name, tensor);
        });
    assertThat(expected.keySet()).isEqualTo(state.tensors().keySet());
    Posterior restored = saved.restore(made.nngp(), made.problem(), made.logEvidence(), state);
    for (Widths each : widths) {
      Predictive before = made.predictor(Order.CORRECTED).predict(ROWS).get(1).at(each);
      Predictive after = restored.predictor(Order.CORRECTED).predict(ROWS).get(1).at(each);
      assertThat(after.mean()).isEqualTo(before.mean());
      assertThat(after.variance()).isEqualTo(before.variance());
      assertThat(after.meanError()).isEqualTo(before.meanError());
    }
    assertThat(restored.fingerprint().bytes()).isEqualTo(made.fingerprint().bytes());
    SortedMap<String, List<Long>> none = new TreeMap<>();
    State.Sizes wrong = new State.Sizes(P, FEATURES, outputs, 1, true, none);
    assertThatThrownBy(() -> saved.expect(wrong, (n, r, c) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nodes");
  }

  @Test
  void whatIsNotKnownIsRefused() {
    Linear engine = new Linear(Scaling.standard(2));
    assertThat(engine.refusal(network(0.1, 0, 0.1))).isEmpty();
    assertThat(engine.refusal(network(0.1, 0.1, 0.1)))
        .hasValueSatisfying(why -> assertThat(why).contains("beyond the first"));
    assertThat(engine.refusal(network(0, 0, 0, 0)))
        .hasValueSatisfying(why -> assertThat(why).contains("3 hidden layers"));
    assertThat(
            engine.refusal(Architecture.uniform(Activations.byName("relu").orElseThrow(), 2, 0, 2)))
        .hasValueSatisfying(why -> assertThat(why).contains("not linear"));
    assertThat(Linear.narrow(Widths.of(1.5), 3, 0.1)).isPresent();
    assertThat(Linear.narrow(Widths.of(2), 3, 0)).isPresent();
    assertThat(Linear.narrow(Widths.of(2), 3, 0.1)).isEmpty();
    assertThat(Linear.narrow(Widths.of(2.5), 3, 0)).isEmpty();
    Conditioning on = conditioning(network(0.5, 0), 4, 0.1);
    assertThatThrownBy(() -> linear(on, 100, Widths.of(2.5)))
        .isInstanceOf(NumericsException.class)
        .hasMessageContaining("narrower than the 4 outputs");
  }
}
