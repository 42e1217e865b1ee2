package finitewidth.inference.networks;

import finitewidth.inference.Ask;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.State;
import finitewidth.inference.Validity;
import finitewidth.linalg.Matrix;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The exact posterior at the widths that have chains, by the states that these have left. */
final class NetworkPosterior implements Posterior {
  private static final long serialVersionUID = 1L;

  private static final String TARGETS = "targets";
  private static final String NOISE = "noise";

  private final NngpPosterior nngp;
  private final ContractionProblem problem;
  private final Matrix targets;
  private final double noise;
  private final List<KeptNetworks> networks;
  private final LogEvidence logEvidence;

  /** Made where rows are first predicted, once for all threads there. */
  private transient volatile @Nullable Prepared prepared;

  /**
   * @param targets P × m, preprocessed
   * @param noise s²
   */
  NetworkPosterior(
      NngpPosterior nngp,
      ContractionProblem problem,
      Matrix targets,
      double noise,
      List<KeptNetworks> networks,
      LogEvidence logEvidence) {
    this.nngp = nngp;
    this.problem = problem;
    this.targets = targets;
    this.noise = noise;
    this.networks = new ArrayList<>(networks);
    this.logEvidence = logEvidence;
  }

  /** What all predictors share. */
  private record Prepared(NetworkProblem problem, List<StateWeights> states) {}

  @Override
  public NngpPosterior nngp() {
    return nngp;
  }

  @Override
  public LogEvidence logEvidence() {
    return logEvidence;
  }

  @Override
  public ContractionProblem problem() {
    return problem;
  }

  @Override
  public Optional<Order> quantiles() {
    return Optional.of(Order.CORRECTED);
  }

  @Override
  public Validity validity() {
    return Validity.CONVERGENCE;
  }

  @Override
  public BlockPredictor predictor(Order order) {
    NngpPredictor limit = new NngpPredictor(nngp, problem.flow());
    return switch (order) {
      case NNGP -> limit;
      case CORRECTED, CUMULANTS -> {
        Prepared ready = prepared();
        yield new NetworkPredictor(
            ready.problem()::inputsOf,
            problem.outputs(),
            limit,
            ready.states().stream().map(StateWeights::forPredicting).toList());
      }
    };
  }

  private Prepared prepared() {
    Prepared ready = prepared;
    return ready == null ? prepare() : ready;
  }

  private synchronized Prepared prepare() {
    Prepared ready = prepared;
    if (ready == null) {
      NetworkProblem rows =
          NetworkProblem.kept(
              problem.flow().architecture(),
              problem.flow().inputs(),
              targets,
              noise,
              SavedStates.haveScales(networks, problem.sources()));
      ready =
          new Prepared(rows, networks.stream().map(one -> new StateWeights(rows, one)).toList());
      prepared = ready;
    }
    return ready;
  }

  @Override
  public Load load(Order order, long rows, int cores) {
    if (order == Order.NNGP) {
      return Load.nngp(rows, problem.shape());
    }
    Cost cost =
        ChainCost.predicting(
            problem.shape(),
            networks.stream().map(KeptNetworks::widths).toList(),
            networks.stream().map(kept -> (long) kept.states()).toList(),
            Ask.unseen(rows, order));
    return SavedStates.load(networks, rows, cores, cost);
  }

  /** What predicting by a saved state costs. */
  static Cost predicting(ConditioningShape on, State state, Ask ask) {
    return ChainCost.predicting(
        on, SavedStates.widths(state, on.layers()), SavedStates.states(state), ask);
  }

  @Override
  public State state() {
    SortedMap<String, List<Long>> numbers = new TreeMap<>();
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    SavedStates.put(networks, numbers, tensors);
    tensors.put(TARGETS, targets);
    tensors.put(NOISE, Matrix.copyOf(new double[][] {{noise}}));
    return new State(NetworkChains.NAME, numbers, tensors);
  }

  /**
   * Says which tensors there are.
   *
   * @throws IllegalArgumentException naming numbers that no chains leave
   */
  static void expect(State.Sizes sizes, State.Expected to) {
    SavedStates.expect(sizes, to);
    to.tensor(TARGETS, sizes.size(), sizes.outputs());
    to.tensor(NOISE, 1, 1);
  }

  /** A posterior that was saved. */
  static NetworkPosterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    return new NetworkPosterior(
        nngp,
        problem,
        state.tensor(TARGETS),
        state.tensor(NOISE).get(0, 0),
        SavedStates.restore(state, problem.sources()),
        evidence);
  }
}
