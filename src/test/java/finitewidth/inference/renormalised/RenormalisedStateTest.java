package finitewidth.inference.renormalised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
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

/** What a saved model holds of a renormalised posterior makes the same posterior again. */
class RenormalisedStateTest {
  private static final int P = 9;
  private static final int FEATURES = 2;
  private static final Architecture NETWORK =
      Architecture.uniform(Activations.byName("erf").orElseThrow(), 2, 0.1, 1.8);
  private static final List<Widths> NETWORKS = List.of(Widths.of(8, 8), Widths.of(12, 30));
  private static final double[][] ROWS = {Problems.gaussian(1, FEATURES, 3).data()};

  private static Conditioning conditioning(int outputs, boolean variance) {
    return Conditioning.of(
        new Conditioning.Settings(NETWORK, variance, 1e-9, 0.2),
        Problems.gaussian(P, FEATURES, 1),
        Problems.gaussian(P, outputs, 2),
        LongStream.range(0, P).boxed().toList());
  }

  private static Renormalised engine(String contraction) {
    return engine(contraction, 1);
  }

  private static Renormalised engine(String contraction, int passes) {
    List<Inference> engines =
        List.of(new Exact(), new Sampled(new Sampling(NETWORKS.get(0), 0.05, 1, 1 << 20, false)));
    return new Renormalised(
        NETWORKS, passes, engines.get(contraction.equals("exact") ? 0 : 1), engines);
  }

  private static Posterior posterior(String contraction, int passes, int outputs) {
    return engine(contraction, passes)
        .condition(conditioning(outputs, true), Ask.rows(List.of(ROWS)), LocalRuntime.allCores())
        .posterior();
  }

  @ParameterizedTest
  @CsvSource({
    "exact, 1, 1",
    "sampled, 1, 1",
    "exact, 2, 1",
    "sampled, 2, 1",
    "exact, 2, 2",
    "sampled, 1, 3"
  })
  void theSamePosteriorComesBack(String contraction, int passes, int outputs) {
    Posterior made = posterior(contraction, passes, outputs);
    State state = made.state();
    assertThat(state.engine()).isEqualTo(Renormalised.NAME);
    Inference saved = Engines.saved(state.engine()).orElseThrow();
    SortedMap<String, Matrix> expected = new TreeMap<>();
    saved.expect(
        new State.Sizes(P, FEATURES, outputs, 2, true, state.numbers()),
        (name, rows, columns) -> {
          Matrix tensor = state.tensor(name);
          assertThat(tensor.rows()).as(name).isEqualTo((int) rows);
          assertThat(tensor.cols()).as(name).isEqualTo((int) columns);
          expected.put(name, tensor);
        });
    assertThat(expected.keySet()).isEqualTo(state.tensors().keySet());
    Posterior restored = saved.restore(made.nngp(), made.problem(), made.logEvidence(), state);
    Prediction before = made.predictor(Order.CORRECTED).predict(ROWS).get(0);
    Prediction after = restored.predictor(Order.CORRECTED).predict(ROWS).get(0);
    for (Widths widths : NETWORKS) {
      Predictive one = before.at(widths);
      Predictive other = after.at(widths);
      assertThat(other.mean()).isEqualTo(one.mean());
      assertThat(other.variance()).isEqualTo(one.variance());
      assertThat(other.varianceError()).isEqualTo(one.varianceError());
      assertThat(other.trusted()).isEqualTo(one.trusted());
    }
    assertThat(restored.fingerprint().bytes()).isEqualTo(made.fingerprint().bytes());
  }

  @Test
  void numbersThatCannotBeAreRefused() {
    SortedMap<String, List<Long>> numbers =
        new TreeMap<>(posterior("exact", 1, 1).state().numbers());
    numbers.put("engine", List.of(7L));
    assertThatThrownBy(
            () ->
                engine("exact")
                    .expect(new State.Sizes(P, FEATURES, 1, 2, true, numbers), (n, r, c) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("engine");
  }

  @Test
  void whatItCannotDoIsRefused() {
    LocalRuntime runtime = LocalRuntime.allCores();
    Ask ask = Ask.rows(List.of());
    assertThatThrownBy(() -> engine("exact").condition(conditioning(11, true), ask, runtime))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("up to 10 outputs");
    assertThatThrownBy(() -> engine("exact").condition(conditioning(1, false), ask, runtime))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("variances");
    assertThat(
            engine("exact")
                .refusal(
                    Architecture.uniform(Activations.byName("tanh").orElseThrow(), 2, 0.1, 1.8)))
        .hasValueSatisfying(why -> assertThat(why).contains("four-point"));
  }
}
