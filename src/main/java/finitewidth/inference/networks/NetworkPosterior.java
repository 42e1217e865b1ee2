package finitewidth.inference.networks;

import finitewidth.inference.Ask;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.ContractionProblem;
import finitewidth.inference.Cost;
import finitewidth.inference.Load;
import finitewidth.inference.Order;
import finitewidth.inference.Posterior;
import finitewidth.inference.RowTasks;
import finitewidth.inference.State;
import finitewidth.inference.Validity;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.RowPanel;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The exact posterior at the widths that have chains, by the states that these have left. */
final class NetworkPosterior implements Posterior {
  private static final long serialVersionUID = 1L;

  static final String TARGETS = "targets";
  static final String NOISE = "noise";
  private static final String WIDTHS = "widths";
  private static final String CHAINS = "chains";
  private static final String CONVERGED = "converged";
  private static final String STATES = "states";
  private static final String WEIGHTS = "weights";

  /** Of each state where hyperparameters were sampled: how many numbers, and which. */
  private static final String HYPERPARAMETERS = "hyperparameters";

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
        yield new NetworkPredictor(ready.problem(), limit, ready.states());
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
              problem.flow().architecture(), problem.flow().inputs(), targets, noise, hasScales());
      ready =
          new Prepared(rows, networks.stream().map(one -> new StateWeights(rows, one)).toList());
      prepared = ready;
    }
    return ready;
  }

  private boolean hasScales() {
    int plain = StateVariances.count(problem.sources(), 0);
    return networks.stream().anyMatch(kept -> kept.own() != null && kept.own().cols() > plain);
  }

  @Override
  public Load load(Order order, long rows, int cores) {
    if (order == Order.NNGP) {
      return Load.nngp(rows, problem.shape());
    }
    List<Long> states = networks.stream().map(kept -> (long) kept.states()).toList();
    Cost cost =
        ChainCost.predicting(
            problem.shape(),
            networks.stream().map(KeptNetworks::widths).toList(),
            states,
            Ask.unseen(rows, order));
    return new Load(
        Optional.of(RowTasks.sharing(cores, rows, RowPanel.ROWS)),
        states.stream().mapToLong(Long::longValue).sum(),
        "networks",
        true,
        cost.seconds(),
        Optional.empty());
  }

  /** What predicting by a saved state costs. */
  static Cost predicting(ConditioningShape on, State state, Ask ask) {
    return ChainCost.predicting(on, widths(state, on.layers()), state.number(STATES), ask);
  }

  /** Of the networks of a saved state, whichever chains these come from. */
  static List<Widths> widths(State state, int layers) {
    List<Long> numbers = state.number(WIDTHS);
    List<Widths> widths = new ArrayList<>();
    for (int from = 0; from < numbers.size(); from += layers) {
      widths.add(
          Widths.of(
              numbers.subList(from, from + layers).stream()
                  .mapToDouble(Long::doubleValue)
                  .toArray()));
    }
    return widths;
  }

  @Override
  public State state() {
    SortedMap<String, List<Long>> numbers = new TreeMap<>();
    List<Long> widths = new ArrayList<>();
    List<Long> chains = new ArrayList<>();
    List<Long> converged = new ArrayList<>();
    List<Long> states = new ArrayList<>();
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    for (int i = 0; i < networks.size(); i++) {
      KeptNetworks kept = networks.get(i);
      for (int width : kept.widths().whole()) {
        widths.add((long) width);
      }
      chains.add((long) kept.chains());
      converged.add(kept.converged() ? 1L : 0L);
      states.add((long) kept.states());
      tensors.put(WEIGHTS + i, kept.weights());
      if (kept.own() != null) {
        numbers.put(HYPERPARAMETERS, List.of((long) kept.own().cols()));
        tensors.put(HYPERPARAMETERS + i, kept.own());
      }
    }
    numbers.put(WIDTHS, widths);
    numbers.put(CHAINS, chains);
    numbers.put(CONVERGED, converged);
    numbers.put(STATES, states);
    tensors.put(TARGETS, targets);
    tensors.put(NOISE, Matrix.copyOf(new double[][] {{noise}}));
    return new State(NetworkChains.NAME, numbers, tensors);
  }

  /**
   * Says which weights there are.
   *
   * @throws IllegalArgumentException naming numbers that no chains leave
   */
  static void expect(State.Sizes sizes, State.Expected to) {
    int layers = sizes.sources();
    int networks = sizes.numbers().getOrDefault(WIDTHS, List.of()).size() / layers;
    int some = Math.max(1, networks);
    List<Long> widths = sizes.numbers(WIDTHS, some * layers, 1, Integer.MAX_VALUE);
    List<Long> chains = sizes.numbers(CHAINS, some, 2, Integer.MAX_VALUE);
    sizes.numbers(CONVERGED, some, 0, 1);
    List<Long> states = sizes.numbers(STATES, some, 2, Integer.MAX_VALUE);
    int own = own(sizes, layers);
    for (int i = 0; i < networks; i++) {
      long weights = 0;
      long fanIn = sizes.inputs() + 1L;
      for (int h = 0; h < layers; h++) {
        long width = widths.get(i * layers + h);
        weights = Math.addExact(weights, Math.multiplyExact(width, fanIn));
        fanIn = width + 1;
      }
      if (states.get(i) % chains.get(i) != 0) {
        throw new IllegalArgumentException(STATES + " is missing or wrong");
      }
      to.tensor(WEIGHTS + i, states.get(i), weights);
      if (own > 0) {
        to.tensor(HYPERPARAMETERS + i, states.get(i), own);
      }
    }
  }

  /** Numbers of each state beside its weights; 0 where hyperparameters were not sampled. */
  private static int own(State.Sizes sizes, int layers) {
    if (!sizes.numbers().containsKey(HYPERPARAMETERS)) {
      return 0;
    }
    int plain = StateVariances.count(layers, 0);
    int most = StateVariances.count(layers, sizes.inputs());
    int own = Math.toIntExact(sizes.numbers(HYPERPARAMETERS, 1, plain, most).get(0));
    if (own != plain && own != most) {
      throw new IllegalArgumentException(HYPERPARAMETERS + " is missing or wrong");
    }
    return own;
  }

  /** A posterior that was saved. */
  static NetworkPosterior restore(
      NngpPosterior nngp, ContractionProblem problem, LogEvidence evidence, State state) {
    List<Long> chains = state.number(CHAINS);
    List<Widths> widths = widths(state, problem.sources());
    List<KeptNetworks> networks = new ArrayList<>();
    for (int i = 0; i < chains.size(); i++) {
      networks.add(
          new KeptNetworks(
              widths.get(i),
              Math.toIntExact(chains.get(i)),
              state.number(CONVERGED).get(i) == 1,
              state.tensor(WEIGHTS + i),
              state.numbers().containsKey(HYPERPARAMETERS)
                  ? state.tensor(HYPERPARAMETERS + i)
                  : null));
    }
    return new NetworkPosterior(
        nngp, problem, state.tensor(TARGETS), state.tensor(NOISE).get(0, 0), networks, evidence);
  }
}
