package finitewidth.inference.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.inference.Account;
import finitewidth.inference.Ask;
import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.Inference;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.ensemble.Drawing;
import finitewidth.inference.exact.Exact;
import finitewidth.inference.montecarlo.Sampled;
import finitewidth.inference.montecarlo.Sampling;
import finitewidth.inference.networks.Chains;
import finitewidth.inference.renormalised.Renormalising;
import finitewidth.inference.scale.Scaling;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** What is told beforehand is what the choice then goes by. */
  @Test
  void theCostIsThatOfTheWayThatIsTaken() {
    ConditioningShape on = on("relu").problem().shape();
    Ask ask = Ask.unseen(2, Order.CORRECTED);
    Sampled sampled = new Sampled(Sampling.standard(1));
    Cost exact = new Exact().cost(on, ask, 1);
    Cost draws = sampled.cost(on, ask, 1);
    assertThat(cost(on, ask, new Exact(), sampled)).isEqualTo(exact);
    assertThat(cost(on, ask, sampled)).isEqualTo(draws);
    // One that is dear is begun after a round of draws at the most.
    Cost either = cost(on, ask, new Free(61, 1e18), sampled);
    assertThat(either.counts()).isEqualTo(draws.counts());
    assertThat(either.seconds()).isEqualTo(draws.seconds());
    assertThat(either.mostSeconds()).isEqualTo(Math.min(draws.mostSeconds(), draws.seconds() + 61));
    assertThat(either.heap().driver()).isEqualTo(1e18);
    assertThat(new Cheapest(List.of(new Exact(), sampled)).alternatives(on.network())).hasSize(2);
    assertThat(
            new Cheapest(List.of(new Exact(), sampled)).alternatives(Problems.network("tanh", 1)))
        .containsExactly(sampled);
  }

  /** Where the exact engine takes more than a minute by its count, draws are tried. */
  @ParameterizedTest
  @CsvSource({
    "100, 1, 2, 200, CORRECTED, false", // conf/concrete.conf is of this kind
    "150, 10, 2, 300, CORRECTED, false", // conf/digits.conf
    "150, 1, 2, 200, CUMULANTS, true",
    "300, 1, 2, 1000, CORRECTED, true", // conf/diamonds.conf
    "1000, 10, 3, 800, CORRECTED, true" // conf/digits-sampled.conf
  })
  void whatIsTried(long size, int outputs, int layers, long rows, Order order, boolean tentative) {
    ConditioningShape on =
        new ConditioningShape(Problems.network("relu", layers), size, 9, outputs, true);
    Engines engines =
        new Engines(
            Sampling.standard(layers),
            Drawing.of(List.of()),
            Chains.of(List.of()),
            new Renormalising(List.of(), "auto", 1),
            Scaling.of(List.of()));
    Cost cost = engines.of("auto").orElseThrow().cost(on, Ask.unseen(rows, order), 2);
    assertThat(cost.tentative()).isEqualTo(tentative);
    assertThat(cost.counts()).containsKey(tentative ? "draws" : "moments");
  }

  private static Cost cost(ConditioningShape on, Ask ask, Inference... engines) {
    return new Cheapest(List.of(engines)).cost(on, ask, 1);
  }

  /** Order 0 for whatever price. */
  private record Free(double price, double heap) implements Inference {
    Free(double price) {
      this(price, 0);
    }

    @Override
    public String name() {
      return "free";
    }

    @Override
    public Optional<String> refusal(Architecture network) {
      return Optional.empty();
    }

    @Override
    public Cost cost(ConditioningShape on, Ask ask, int cores) {
      return Cost.known(Map.of("guesses", 1.0), price, Cost.Heap.onDriver(heap));
    }

    @Override
    public Cost predicting(ConditioningShape on, State state, Ask ask, int cores) {
      return Cost.orderZero(on, ask.rows());
    }

    @Override
    public Optional<Conditioned> conditionWithin(
        double seconds, Conditioning on, Ask ask, Runtime runtime) {
      LogEvidence evidence =
          LogEvidence.exact(on.nngp().logEvidence(), new double[on.problem().sources()]);
      Posterior posterior = new OrderZero(on.nngp(), on.problem(), evidence);
      return Optional.of(
          new Conditioned() {
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
      return Load.nngp(rows, problem.shape());
    }

    @Override
    public State state() {
      return new State("free", new TreeMap<>(), new TreeMap<>());
    }
  }
}
