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

/**
 * The exact posterior of many rows at the widths that have chains, by states with their last
 * layers; at infinite width by the inducing points.
 */
final class LockstepPosterior implements Posterior {
  private static final long serialVersionUID = 1L;

  /** How many training rows there were; what tells such a state from one with its rows. */
  static final String ROWS = "rows";

  private static final String WIDTHS = "widths";
  private static final String CHAINS = "chains";
  private static final String CONVERGED = "converged";
  private static final String STATES = "states";
  private static final String ROTATION = "rotation";
  private static final String NOISE = "noise";
  private static final String WEIGHTS = "weights";
  private static final String MEANS = "means";
  private static final String FACTORS = "factors";

  private final NngpPosterior nngp;
  private final ContractionProblem points;
  private final LockstepProblem problem;
  private final long rows;
  private final List<LockstepNetworks> networks;
  private final LogEvidence logEvidence;

  /**
   * @param points that infinite width goes by
   * @param rows P
   */
  LockstepPosterior(
      NngpPosterior nngp,
      ContractionProblem points,
      LockstepProblem problem,
      long rows,
      List<LockstepNetworks> networks,
      LogEvidence logEvidence) {
    this.nngp = nngp;
    this.points = points;
    this.problem = problem;
    this.rows = rows;
    this.networks = new ArrayList<>(networks);
    this.logEvidence = logEvidence;
  }

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
    return points;
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
    NngpPredictor limit = new NngpPredictor(nngp, points.flow());
    return order == Order.NNGP ? limit : new LockstepPredictor(problem, limit, networks);
  }

  @Override
  public Load load(Order order, long asked, int cores) {
    if (order == Order.NNGP) {
      return Load.nngp(asked, points.shape());
    }
    List<Long> states = networks.stream().map(kept -> (long) kept.states()).toList();
    Cost cost =
        LockstepCost.predicting(
            points.shape(),
            networks.stream().map(LockstepNetworks::widths).toList(),
            states,
            Ask.unseen(asked, order));
    return new Load(
        Optional.of(RowTasks.sharing(cores, asked, RowPanel.ROWS)),
        states.stream().mapToLong(Long::longValue).sum(),
        "networks",
        true,
        cost.seconds(),
        Optional.empty());
  }

  /** What predicting by a saved state costs. */
  static Cost predicting(ConditioningShape on, State state, Ask ask) {
    return LockstepCost.predicting(
        on, NetworkPosterior.widths(state, on.layers()), state.number(STATES), ask);
  }

  @Override
  public State state() {
    List<Long> widths = new ArrayList<>();
    List<Long> chains = new ArrayList<>();
    List<Long> converged = new ArrayList<>();
    List<Long> states = new ArrayList<>();
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    for (int i = 0; i < networks.size(); i++) {
      LockstepNetworks kept = networks.get(i);
      for (int width : kept.widths().whole()) {
        widths.add((long) width);
      }
      chains.add((long) kept.chains());
      converged.add(kept.converged() ? 1L : 0L);
      states.add((long) kept.states());
      tensors.put(WEIGHTS + i, kept.weights());
      tensors.put(MEANS + i, kept.means());
      tensors.put(FACTORS + i, kept.factors());
    }
    tensors.put(ROTATION, problem.rotation());
    tensors.put(NOISE, Matrix.copyOf(new double[][] {{problem.noise()}}));
    SortedMap<String, List<Long>> numbers = new TreeMap<>();
    numbers.put(ROWS, List.of(rows));
    numbers.put(WIDTHS, widths);
    numbers.put(CHAINS, chains);
    numbers.put(CONVERGED, converged);
    numbers.put(STATES, states);
    return new State(NetworkChains.NAME, numbers, tensors);
  }

  /** Whether a state is of this kind. */
  static boolean has(SortedMap<String, List<Long>> numbers) {
    return numbers.containsKey(ROWS);
  }

  /**
   * Says which tensors there are.
   *
   * @throws IllegalArgumentException naming numbers that no chains leave
   */
  static void expect(State.Sizes sizes, State.Expected to) {
    int layers = sizes.sources();
    int networks = Math.max(1, sizes.numbers().getOrDefault(WIDTHS, List.of()).size() / layers);
    sizes.numbers(ROWS, 1, 1, Long.MAX_VALUE);
    List<Long> widths = sizes.numbers(WIDTHS, networks * layers, 1, Integer.MAX_VALUE - 1);
    List<Long> chains = sizes.numbers(CHAINS, networks, 2, Integer.MAX_VALUE);
    sizes.numbers(CONVERGED, networks, 0, 1);
    List<Long> states = sizes.numbers(STATES, networks, 2, Integer.MAX_VALUE);
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
      to.tensor(MEANS + i, states.get(i), Math.multiplyExact(fanIn, (long) sizes.outputs()));
      to.tensor(FACTORS + i, states.get(i), Math.multiplyExact(fanIn, fanIn));
    }
    to.tensor(ROTATION, sizes.inputs() + 1L, sizes.inputs() + 1L);
    to.tensor(NOISE, 1, 1);
  }

  /** A posterior that was saved. */
  static LockstepPosterior restore(
      NngpPosterior nngp, ContractionProblem points, LogEvidence evidence, State state) {
    List<Long> chains = state.number(CHAINS);
    List<Widths> widths = NetworkPosterior.widths(state, points.sources());
    List<LockstepNetworks> networks = new ArrayList<>();
    for (int i = 0; i < chains.size(); i++) {
      networks.add(
          new LockstepNetworks(
              widths.get(i),
              Math.toIntExact(chains.get(i)),
              state.number(CONVERGED).get(i) == 1,
              state.tensor(WEIGHTS + i),
              state.tensor(MEANS + i),
              state.tensor(FACTORS + i)));
    }
    return new LockstepPosterior(
        nngp,
        points,
        LockstepProblem.restore(
            points.flow().architecture(),
            state.tensor(ROTATION),
            points.outputs(),
            state.tensor(NOISE).get(0, 0)),
        state.number(ROWS).get(0),
        networks,
        evidence);
  }
}
