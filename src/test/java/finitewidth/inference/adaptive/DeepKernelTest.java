package finitewidth.inference.adaptive;

import static finitewidth.oracle.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import finitewidth.gaussian.activations.Activations;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Inference;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.auto.Engines;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Golden;
import finitewidth.oracle.Problems;
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

/** Deep kernel machines against a prototype of dense matrices, and their saved models. */
class DeepKernelTest {
  private static final int P = 7;

  private static Conditioned condition(Conditioning on, Widths... widths) {
    return new DeepKernel(List.of(widths))
        .condition(on, Ask.rows(List.of()), LocalRuntime.allCores());
  }

  @Test
  void objectiveMeanAndVarianceAreThoseOfTheReference() {
    int cases = 0;
    for (JsonNode one : AdaptiveCase.read().get("cases")) {
      if (one.get("act").asText().equals("linear")) {
        continue;
      }
      double[] widths = Golden.vector(one.get("widths"));
      AdaptiveCase of =
          AdaptiveCase.of(one.get("act").asText(), one.get("scale").asDouble(), widths);
      Conditioned found = condition(of.conditioning(), of.widths());
      assertThat(found.warnings("rows", of.widths())).isEmpty();
      Predictive there =
          found
              .posterior()
              .predictor(Order.CORRECTED)
              .predict(new double[][] {AdaptiveCase.row(3)})
              .get(0)
              .at(of.widths());
      JsonNode expected = one.get("dkm");
      assertClose(
          "J",
          found.posterior().logEvidence().at(of.widths()),
          expected.get("objective").asDouble(),
          2e-9);
      assertClose("mean", there.mean()[0], expected.get("mean").get(0).asDouble(), 1e-6);
      assertClose("variance", there.variance()[0], expected.get("var").get(0).asDouble(), 1e-6);
      cases++;
    }
    assertThat(cases).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"relu, 1, 1, 3", "erf, 2, 2, 3", "relu, 3, 1, 9"})
  void gradientsAreThoseOfDifferences(String activation, int layers, int outputs, int features) {
    Architecture network = Problems.network(activation, layers);
    Matrix inputs = Problems.gaussian(P, features, 1);
    Widths widths = Widths.uniform(layers, 5);
    GramObjective objective =
        new GramObjective(
            network,
            Features.of(network, inputs).within(inputs),
            Problems.gaussian(P, outputs, 2),
            0.1,
            widths.toArray());
    Differences.check(objective, objective.starts().get(0));
  }

  @Test
  void theSamePosteriorComesBack() {
    Conditioning on =
        Conditioning.of(
            new Conditioning.Settings(
                Architecture.uniform(Activations.byName("relu").orElseThrow(), 2, 0.1, 2),
                true,
                1e-9,
                0.2),
            Problems.gaussian(P, 3, 1),
            Problems.gaussian(P, 2, 2),
            LongStream.range(0, P).boxed().toList());
    Widths widths = Widths.of(8, 5);
    Posterior made = condition(on, widths, Widths.of(30, 30)).posterior();
    State state = made.state();
    Inference saved = Engines.saved(state.engine()).orElseThrow();
    SortedMap<String, Matrix> expected = new TreeMap<>();
    saved.expect(
        new State.Sizes(P, 3, 2, 2, true, state.numbers()),
        (name, height, width) -> {
          Matrix tensor = state.tensor(name);
          assertThat(tensor.rows()).as(name).isEqualTo((int) height);
          assertThat(tensor.cols()).as(name).isEqualTo((int) width);
          expected.put(name, tensor);
        });
    assertThat(expected.keySet()).isEqualTo(state.tensors().keySet());
    Posterior restored = saved.restore(made.nngp(), made.problem(), made.logEvidence(), state);
    double[][] row = {Problems.gaussian(1, 3, 3).data()};
    Predictive one = made.predictor(Order.CORRECTED).predict(row).get(0).at(widths);
    Predictive other = restored.predictor(Order.CORRECTED).predict(row).get(0).at(widths);
    assertThat(other.mean()).isEqualTo(one.mean());
    assertThat(other.variance()).isEqualTo(one.variance());
    assertThat(restored.fingerprint().bytes()).isEqualTo(made.fingerprint().bytes());
  }
}
