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
import finitewidth.linalg.RowPanel;
import finitewidth.posterior.BlockPredictor;
import finitewidth.posterior.LogEvidence;
import finitewidth.posterior.NngpPosterior;
import finitewidth.posterior.NngpPredictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The exact posterior of many rows at the widths that have chains, by states with their last
 * layers; at infinite width by the inducing points.
 */
final class LockstepPosterior implements Posterior {
  private static final long serialVersionUID = 1L;

  /** How many training rows there were; what tells such a state from one with its rows. */
  static final String ROWS = "rows";

  private static final String ROTATION = "rotation";
  private static final String NOISE = "noise";
  private static final String MEANS = "means";
  private static final String FACTORS = "factors";

  private final NngpPosterior nngp;
  private final ContractionProblem points;
  private final LockstepProblem problem;
  private final long rows;
  private final List<LockstepNetworks> networks;
  private final LogEvidence logEvidence;

  /** Last layers, made where rows are first predicted, once for all threads there. */
  private transient volatile @Nullable List<List<WoodburyWeights>> made;

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
    if (order == Order.NNGP) {
      return limit;
    }
    List<List<WoodburyWeights>> last = last();
    return new NetworkPredictor(
        problem::inputsOf,
        problem.outputs(),
        limit,
        IntStream.range(0, networks.size())
            .mapToObj(i -> forPredicting(networks.get(i).kept(), last.get(i)))
            .toList());
  }

  private NetworkPredictor.Network forPredicting(KeptNetworks kept, List<WoodburyWeights> last) {
    NetworkShape shape = problem.shape(kept.widths().whole());
    double[] block = new double[shape.fanIn(0) * RowPanel.ROWS];
    return new NetworkPredictor.Network(
        kept, block, problem.layers(shape, block, RowPanel.ROWS), last::get);
  }

  private List<List<WoodburyWeights>> last() {
    List<List<WoodburyWeights>> ready = made;
    return ready == null ? makeLast() : ready;
  }

  private synchronized List<List<WoodburyWeights>> makeLast() {
    List<List<WoodburyWeights>> ready = made;
    if (ready == null) {
      ready = networks.stream().map(network -> network.last(problem)).toList();
      made = ready;
    }
    return ready;
  }

  private List<KeptNetworks> kept() {
    return networks.stream().map(LockstepNetworks::kept).toList();
  }

  @Override
  public Load load(Order order, long asked, int cores) {
    if (order == Order.NNGP) {
      return Load.nngp(asked, points.shape());
    }
    Cost cost =
        LockstepCost.predicting(
            points.shape(),
            kept().stream().map(KeptNetworks::widths).toList(),
            kept().stream().map(one -> (long) one.states()).toList(),
            Ask.unseen(asked, order));
    return SavedStates.load(kept(), asked, cores, cost);
  }

  /** What predicting by a saved state costs. */
  static Cost predicting(ConditioningShape on, State state, Ask ask) {
    return LockstepCost.predicting(
        on, SavedStates.widths(state, on.layers()), SavedStates.states(state), ask);
  }

  @Override
  public State state() {
    SortedMap<String, List<Long>> numbers = new TreeMap<>();
    SortedMap<String, Matrix> tensors = new TreeMap<>();
    SavedStates.put(kept(), numbers, tensors);
    for (int i = 0; i < networks.size(); i++) {
      tensors.put(MEANS + i, networks.get(i).means());
      tensors.put(FACTORS + i, networks.get(i).factors());
    }
    tensors.put(ROTATION, problem.rotation());
    tensors.put(NOISE, Matrix.copyOf(new double[][] {{problem.noise()}}));
    numbers.put(ROWS, List.of(rows));
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
    sizes.numbers(ROWS, 1, 1, Long.MAX_VALUE);
    List<SavedStates.Expected> networks = SavedStates.expect(sizes, to);
    for (int i = 0; i < networks.size(); i++) {
      long states = networks.get(i).states();
      long q = networks.get(i).features();
      to.tensor(MEANS + i, states, Math.multiplyExact(q, (long) sizes.outputs()));
      to.tensor(FACTORS + i, states, Math.multiplyExact(q, q));
    }
    to.tensor(ROTATION, sizes.inputs() + 1L, sizes.inputs() + 1L);
    to.tensor(NOISE, 1, 1);
  }

  /** A posterior that was saved. */
  static LockstepPosterior restore(
      NngpPosterior nngp, ContractionProblem points, LogEvidence evidence, State state) {
    List<KeptNetworks> kept = SavedStates.restore(state, points.sources());
    List<LockstepNetworks> networks = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      networks.add(
          new LockstepNetworks(kept.get(i), state.tensor(MEANS + i), state.tensor(FACTORS + i)));
    }
    return new LockstepPosterior(
        nngp,
        points,
        LockstepProblem.restore(
            points.flow().architecture(),
            state.tensor(ROTATION),
            points.outputs(),
            state.tensor(NOISE).get(0, 0),
            SavedStates.haveScales(kept, points.sources())),
        state.number(ROWS).get(0),
        networks,
        evidence);
  }
}
