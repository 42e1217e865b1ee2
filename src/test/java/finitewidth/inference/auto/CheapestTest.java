package finitewidth.inference.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.inference.Account;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Fitted;
import finitewidth.inference.Inference;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.montecarlo.Sampled;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.inference.work.Messages;
import finitewidth.inference.work.ProgressSink;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.HiddenKernel;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The choice among engines, one of which nobody has heard of before: it needs no other file. */
class CheapestTest {
  private static final Matrix INPUTS = Problems.gaussian(8, 3, 1);
  private final List<String> said = new ArrayList<>();

  private static Conditioning on(String activation) {
    return Conditioning.of(
        new Conditioning.Settings(Problems.network(activation, 1), true, 1e-9, 0.1),
        INPUTS,
        Problems.gaussian(8, 1, 2),
        LongStream.range(0, 8).boxed().toList());
  }

  private Runtime telling() {
    return LocalRuntime.threads(1)
        .telling(
            new Messages() {
              @Override
              public void say(String line) {
                said.add(line);
              }

              @Override
              public ProgressSink progress() {
                return standing -> {};
              }
            });
  }

  private Posterior chosen(String activation, Inference... engines) {
    List<double[]> rows = List.of(new double[] {0.1, 0.2, 0.3}, new double[] {1, -1, 0.5});
    return new Cheapest(List.of(engines))
        .condition(on(activation), Ask.rows(rows), telling())
        .posterior();
  }

  @Test
  void theCheapestOfThoseThatAreAffordable() {
    assertThat(chosen("relu", new Exact(), new Free(1e-12)).engine()).isEqualTo("free");
    assertThat(said).containsExactly("engine = auto: free, about 1 core seconds");
    assertThat(chosen("relu", new Exact(), new Free(30)).engine()).isEqualTo("exact");
  }

  @Test
  void oneThatOnlyTryingTellsIsTriedWithinTheOthers() {
    Sampled sampled = new Sampled(Sampling.standard(1));
    assertThat(chosen("relu", new Free(1e9), sampled).engine()).isEqualTo("sampled");
    assertThat(said).anyMatch(line -> line.contains("engine = auto: exact about 1000000000 core"));
  }

  @Test
  void thoseThatRefuseAreOut() {
    Sampled sampled = new Sampled(Sampling.standard(1));
    assertThat(chosen("tanh", new Exact(), sampled).engine()).isEqualTo("sampled");
    assertThat(said.get(0)).isEqualTo("engine = auto: sampled, as tanh has no four-point moments");
    Cheapest none = new Cheapest(List.of(new Exact()));
    assertThat(none.refusal(Problems.network("tanh", 1))).contains("has no four-point moments");
    assertThat(none.refusal(Problems.network("erf", 1))).isEmpty();
    State state = new State("auto", new TreeMap<>(), new TreeMap<>());
    assertThatThrownBy(() -> state.tensor("shift")).hasMessage("the state of auto lacks shift");
  }

  /** Order 0 for whatever price. */
  private record Free(double price) implements Inference {
    @Override
    public String name() {
      return "free";
    }

    @Override
    public Optional<String> refusal(Architecture network) {
      return Optional.empty();
    }

    @Override
    public OptionalDouble seconds(ContractionProblem on, Ask ask, int cores) {
      return OptionalDouble.of(price);
    }

    @Override
    public Optional<Fitted> conditionWithin(
        double seconds, Conditioning on, Ask ask, Runtime runtime) {
      LogEvidence evidence =
          LogEvidence.exact(on.nngp().logEvidence(), new double[on.problem().sources()]);
      Posterior posterior = new OrderZero(on.nngp(), on.problem(), evidence);
      return Optional.of(
          new Fitted() {
            @Override
            public Posterior posterior() {
              return posterior;
            }

            @Override
            public List<HiddenKernel> hiddenKernels() {
              return List.of();
            }

            @Override
            public Account account(Widths widths) {
              return Account.exact(name(), 0);
            }
          });
    }

    @Override
    public void expect(State.Sizes sizes, State.Expected to) {}

    @Override
    public Posterior restore(
        NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
      return new OrderZero(nngp, problem, evidence);
    }
  }

  private record OrderZero(NngpPosterior nngp, ContractionProblem problem, LogEvidence logEvidence)
      implements Posterior {
    @Override
    public BlockPredictor predictor(Order order) {
      return new NngpPredictor(nngp, problem.flow());
    }

    @Override
    public Load load(Order order, long rows, int cores) {
      return Load.nngp(rows, problem.size());
    }

    @Override
    public State state() {
      return new State("free", new TreeMap<>(), new TreeMap<>());
    }
  }
}
