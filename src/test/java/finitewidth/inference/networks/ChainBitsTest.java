package finitewidth.inference.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finitewidth.inference.Conditioned;
import finitewidth.inference.Conditioning;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.work.LocalRuntime;
import finitewidth.inference.work.Runtime;
import finitewidth.linalg.Matrix;
import finitewidth.oracle.Problems;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.Prediction;
import finitewidth.posterior.Predictive;
import finitewidth.prior.Architecture;
import finitewidth.prior.Widths;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No bit depends on threads, rounds, reruns or neighbours. */
class ChainBitsTest {
  private static final Matrix INPUTS = Problems.gaussian(14, 3, 1);
  private static final Matrix TARGETS = Problems.gaussian(14, 2, 2);
  private static final Matrix TESTS = Problems.gaussian(5, 3, 3);

  private static Conditioning on(int layers) {
    return SmallChains.conditioning(Problems.network("relu", layers), INPUTS, TARGETS, 0.1);
  }

  /** One network with fewer neurons than rows and one with more. */
  private static Chains chains(int layers, boolean sampled) {
    Chains given = chains(layers);
    return sampled ? given.sampling(HyperparameterPrior.weak(true)) : given;
  }

  private static Chains chains(int layers) {
    return new Chains(
        List.of(Widths.uniform(layers, 5), Widths.uniform(layers, 20)), 3, 100, 12, 60, 7);
  }

  private static double[] numbers(Conditioned fitted, int layers) {
    List<double[]> all = new ArrayList<>();
    for (Widths widths : chains(layers).widths()) {
      all.add(new double[] {fitted.posterior().logEvidence().at(widths)});
      all.add(new double[] {fitted.posterior().logEvidence().error(widths)});
      for (Predictive row : SmallChains.predict(fitted, TESTS, widths)) {
        all.addAll(List.of(row.mean(), row.variance(), row.meanError(), row.varianceError()));
      }
    }
    return all.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void threadsChangeNoBit(int layers) {
    double[] one = numbers(SmallChains.fit(on(layers), chains(layers), TESTS), layers);
    Runtime four = LocalRuntime.threads(4);
    assertThat(numbers(SmallChains.fit(on(layers), chains(layers), TESTS, four), layers))
        .isEqualTo(one);
  }

  @Test
  void anotherSeedChangesThem() {
    Chains other = new Chains(chains(1).widths(), 3, 100, 12, 60, 8);
    assertThat(numbers(SmallChains.fit(on(1), other, TESTS), 1))
        .isNotEqualTo(numbers(SmallChains.fit(on(1), chains(1), TESTS), 1));
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "1, true", "2, true"})
  void placesWhereRoundsBreakChangeNoBit(int layers, boolean sampled) {
    Architecture network = Problems.network("tanh", layers);
    NetworkProblem problem =
        sampled
            ? NetworkProblem.of(network, INPUTS, TARGETS, 0.1, HyperparameterPrior.weak(true))
            : NetworkProblem.of(network, INPUTS, TARGETS, 0.1);
    int[] widths = new int[layers];
    Arrays.fill(widths, 6);
    NetworkShape shape = problem.shape(widths);
    ProbeRows probe = ProbeRows.of(problem, TESTS);
    Schedule schedule = new Pilot(problem, shape, 1).run(30);
    Chain.Plan plan = new Chain.Plan(1, 24, 3);
    ChainState[] ends = new ChainState[2];
    for (int way = 0; way < 2; way++) {
      int parts = way == 0 ? 1 : 6;
      ChainState state = new Chain(problem, shape, schedule, plan, probe).start(2);
      for (Phase phase :
          new Phase[] {Phase.ANNEALING, Phase.ADAPTING, Phase.DRAWING, Phase.RETURNING}) {
        int steps = phase == Phase.ADAPTING || phase == Phase.DRAWING ? 24 : schedule.steps();
        for (int part = 0; part < parts; part++) {
          int count = steps * (part + 1) / parts - steps * part / parts;
          // A new chain each time, as in a new task.
          Chain chain = new Chain(problem, shape, schedule, plan, probe);
          state =
              read(
                  shape,
                  probe,
                  problem,
                  chain.advance(state, new Stretch(phase, count, 0, new Mix(3))));
        }
      }
      ends[way] = state;
    }
    assertThat(bytes(shape, probe, problem, new Chain.Done(ends[1], new double[0])))
        .isEqualTo(bytes(shape, probe, problem, new Chain.Done(ends[0], new double[0])));
  }

  /** What is left when it was written and read. */
  private static ChainState read(
      NetworkShape shape, ProbeRows probe, NetworkProblem problem, Chain.Done done) {
    ByteBuffer written = bytes(shape, probe, problem, done);
    Chain.Done read = numbers(shape, probe, problem).read(written);
    assertThat(read.trace()).isEqualTo(done.trace());
    assertThat(written.hasRemaining()).isFalse();
    return read.state();
  }

  private static ByteBuffer bytes(
      NetworkShape shape, ProbeRows probe, NetworkProblem problem, Chain.Done done) {
    int monitored = new WatchedRows(problem, probe).monitored();
    ByteBuffer to =
        ByteBuffer.allocate(
            (int) ChainNumbers.bytes(shape, monitored, done.trace().length, KeptStates.most(3)));
    numbers(shape, probe, problem).write(done, to);
    return to.flip();
  }

  private static ChainNumbers numbers(NetworkShape shape, ProbeRows probe, NetworkProblem problem) {
    return new ChainNumbers(shape, problem.outputs(), new WatchedRows(problem, probe).monitored());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasKeptIsNotDoneAgain(boolean sampled) {
    Conditioning on = on(1);
    Chains chains = chains(1, sampled);
    double[] whole = numbers(SmallChains.fit(on, chains, TESTS), 1);
    PiecesInMemory kept = new PiecesInMemory();
    for (int rounds : new int[] {1, 2, 1}) {
      assertThatThrownBy(() -> SmallChains.fit(on, chains, TESTS, kept.runtime(rounds)))
          .hasMessage("killed");
    }
    int before = kept.pieces();
    assertThat(numbers(SmallChains.fit(on, chains, TESTS, kept.runtime(100)), 1)).isEqualTo(whole);
    assertThat(kept.computed()).isEqualTo(kept.pieces() - before);
    assertThat(kept.pilots()).isZero();
    assertThat(kept.restoredShare()).isStrictlyBetween(0.0, 1.0);
    // And once more with everything kept.
    int all = kept.pieces();
    assertThat(numbers(SmallChains.fit(on, chains, TESTS, kept.runtime(100)), 1)).isEqualTo(whole);
    assertThat(kept.pieces()).isEqualTo(all);
    assertThat(kept.restoredShare()).isEqualTo(1.0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSavedStateMakesTheSamePosterior(boolean sampled) {
    Conditioned fitted = SmallChains.fit(on(2), chains(2, sampled), TESTS);
    Posterior saved = fitted.posterior();
    Posterior restored =
        new NetworkChains(Chains.of(List.of()))
            .restore(saved.nngp(), saved.problem(), saved.logEvidence(), saved.state());
    assertThat(restored.fingerprint().bytes()).isEqualTo(saved.fingerprint().bytes());
    for (Widths widths : chains(2).widths()) {
      Predictive own = predict(saved, TESTS.row(0)).at(widths);
      Predictive other = predict(restored, TESTS.row(0)).at(widths);
      assertThat(other.mean()).isEqualTo(own.mean());
      assertThat(other.variance()).isEqualTo(own.variance());
      assertThat(other.components().noises()).isEqualTo(own.components().noises());
      assertThat(own.components().noises())
          .hasSize(sampled ? own.components().weights().length : 0);
    }
  }

  private static Prediction predict(Posterior posterior, double[] row) {
    return posterior.predictor(Order.CORRECTED).predict(new double[][] {row}).get(0);
  }

  @Test
  @Tag("bits")
  void neighboursChangeNoBit() {
    Posterior posterior = SmallChains.fit(on(1), chains(1), TESTS).posterior();
    Matrix rows = Problems.gaussian(96, 3, 9);
    double[][] block = new double[96][];
    for (int x = 0; x < 96; x++) {
      block[x] = rows.row(95 - x);
    }
    BlockPredictor predictor = posterior.predictor(Order.CORRECTED);
    List<Prediction> together = predictor.predict(block);
    for (int x : new int[] {0, 1, 37, 64, 95}) {
      for (Widths widths : chains(1).widths()) {
        Predictive alone = predict(posterior, rows.row(x)).at(widths);
        Predictive among = together.get(95 - x).at(widths);
        assertThat(among.mean()).isEqualTo(alone.mean());
        assertThat(among.variance()).isEqualTo(alone.variance());
      }
    }
  }
}
