package finitewidth.inference.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.montecarlo.Sampled;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a saved model holds of an adaptive posterior makes the same posterior again. */
class AdaptiveStateTest {
  private static final int P = 8;

  private static Conditioning conditioning(int layers, int outputs, int features) {
    return Conditioning.of(
        new Conditioning.Settings(
            Architecture.uniform(Activations.byName("erf").orElseThrow(), layers, 0.1, 1.8),
            true,
            1e-9,
            0.2),
        Problems.gaussian(P, features, 1),
        Problems.gaussian(P, outputs, 2),
        LongStream.range(0, P).boxed().toList());
  }

  private static Adaptive engine(String contraction, int layers) {
    Widths one = Widths.uniform(layers, 8);
    List<Inference> engines =
        List.of(new Exact(), new Sampled(new Sampling(one, 0.05, 1, 1 << 14, false)));
    return new Adaptive(
        List.of(one, Widths.uniform(layers, 30)),
        List.of(engines.get(contraction.equals("exact") ? 0 : 1)),
        engines);
  }

  private static double[][] rows(int features) {
    double[] training = Problems.gaussian(P, features, 1).row(2);
    return new double[][] {Problems.gaussian(1, features, 3).data(), training};
  }

  @ParameterizedTest
  @CsvSource({"exact, 1, 1, 2", "sampled, 1, 1, 2", "exact, 1, 1, 12", "exact, 2, 3, 2"})
  void theSamePosteriorComesBack(String contraction, int layers, int outputs, int features) {
    double[][] rows = rows(features);
    Posterior made =
        engine(contraction, layers)
            .condition(
                conditioning(layers, outputs, features),
                Ask.rows(List.of(rows)),
                LocalRuntime.allCores())
            .posterior();
    State state = made.state();
    assertThat(state.engine()).isEqualTo(Adaptive.NAME);
    Inference saved = Engines.saved(state.engine()).orElseThrow();
    SortedMap<String, Matrix> expected = new TreeMap<>();
    saved.expect(
        new State.Sizes(P, features, outputs, layers, true, state.numbers()),
        (name, height, width) -> {
          Matrix tensor = state.tensor(name);
          assertThat(tensor.rows()).as(name).isEqualTo((int) height);
          assertThat(tensor.cols()).as(name).isEqualTo((int) width);
          expected.put(name, tensor);
        });
    assertThat(expected.keySet()).isEqualTo(state.tensors().keySet());
    Posterior restored = saved.restore(made.nngp(), made.problem(), made.logEvidence(), state);
    List<Prediction> before = made.predictor(Order.CORRECTED).predict(rows);
    List<Prediction> after = restored.predictor(Order.CORRECTED).predict(rows);
    for (int x = 0; x < rows.length; x++) {
      Widths narrow = Widths.uniform(layers, 8);
      Predictive one = before.get(x).at(narrow);
      Predictive other = after.get(x).at(narrow);
      assertThat(other.mean()).isEqualTo(one.mean());
      assertThat(other.variance()).isEqualTo(one.variance());
      assertThat(other.varianceError()).isEqualTo(one.varianceError());
      assertThat(other.trusted()).isEqualTo(one.trusted());
    }
    assertThat(restored.fingerprint().bytes()).isEqualTo(made.fingerprint().bytes());
  }

  /** A row has the same bits alone and in a block. */
  @Test
  void aRowHasTheSameBitsInAnyBlock() {
    double[][] rows = rows(2);
    Posterior made =
        engine("exact", 1)
            .condition(conditioning(1, 1, 2), Ask.rows(List.of()), LocalRuntime.allCores())
            .posterior();
    Widths widths = Widths.of(8);
    Predictive together = made.predictor(Order.CORRECTED).predict(rows).get(1).at(widths);
    Predictive alone =
        made.predictor(Order.CORRECTED).predict(new double[][] {rows[1]}).get(0).at(widths);
    assertThat(alone.mean()).isEqualTo(together.mean());
    assertThat(alone.variance()).isEqualTo(together.variance());
  }

  @Test
  void whatItCannotDoIsRefused() {
    Architecture linear =
        Architecture.uniform(Activations.byName("linear").orElseThrow(), 1, 0.1, 1);
    assertThat(engine("exact", 1).refusal(linear))
        .hasValueSatisfying(why -> assertThat(why).contains("would count twice"));
    Architecture tanh = Architecture.uniform(Activations.byName("tanh").orElseThrow(), 1, 0.1, 1);
    assertThat(engine("exact", 1).refusal(tanh)).isPresent();
    assertThat(engine("exact", 2).refusal(tanh.truncated(1))).isPresent();
    SortedMap<String, List<Long>> none = new TreeMap<>();
    assertThatThrownBy(
            () ->
                engine("exact", 1)
                    .expect(new State.Sizes(P, 2, 1, 1, true, none), (name, height, width) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("directions");
  }

  /** Draws underneath agree with all moments to their standard errors, within 4 of them. */
  @Test
  void standardErrorsOfDrawsCoverTheDifference() {
    double[][] rows = rows(2);
    Ask ask = Ask.rows(List.of(rows));
    Conditioned exact =
        engine("exact", 1).condition(conditioning(1, 1, 2), ask, LocalRuntime.allCores());
    Conditioned drawn =
        engine("sampled", 1).condition(conditioning(1, 1, 2), ask, LocalRuntime.allCores());
    Widths widths = Widths.of(30);
    Predictive expected =
        exact.posterior().predictor(Order.CORRECTED).predict(rows).get(0).at(widths);
    Predictive found = drawn.posterior().predictor(Order.CORRECTED).predict(rows).get(0).at(widths);
    assertThat(found.meanError()[0]).isPositive();
    assertThat(Math.abs(found.mean()[0] - expected.mean()[0])).isLessThan(4 * found.meanError()[0]);
    assertThat(Math.abs(found.variance()[0] - expected.variance()[0]))
        .isLessThan(4 * found.varianceError()[0]);
    assertThat(drawn.account(widths).metrics()).hasSize(2);
    assertThat(drawn.account(widths).metrics().get(0).relevance()).hasSize(2);
  }
}
