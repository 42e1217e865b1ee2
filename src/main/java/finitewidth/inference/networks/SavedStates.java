package finitewidth.inference.networks;

import finitewidth.inference.Cost;
import finitewidth.inference.Load;
import finitewidth.inference.RowTasks;
import finitewidth.inference.State;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.RowPanel;
import finitewidth.prior.Widths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The states of chains as numbers and tensors of a saved model, whichever chains they are of. */
final class SavedStates {
  private static final String WIDTHS = "widths";
  private static final String CHAINS = "chains";
  private static final String CONVERGED = "converged";
  private static final String STATES = "states";
  private static final String WEIGHTS = "weights";

  /** Of each state where hyperparameters were sampled: how many numbers, and which. */
  private static final String HYPERPARAMETERS = "hyperparameters";

  private SavedStates() {}

  /** Adds them to what is saved. */
  static void put(
      List<KeptNetworks> networks,
      SortedMap<String, List<Long>> numbers,
      SortedMap<String, Matrix> tensors) {
    List<Long> widths = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      KeptNetworks kept = networks.get(i);
      for (int width : kept.widths().whole()) {
        widths.add((long) width);
      }
      tensors.put(WEIGHTS + i, kept.weights());
      if (kept.own() != null) {
        numbers.put(HYPERPARAMETERS, List.of((long) kept.own().cols()));
        tensors.put(HYPERPARAMETERS + i, kept.own());
      }
    }
    numbers.put(WIDTHS, widths);
    numbers.put(CHAINS, networks.stream().map(kept -> (long) kept.chains()).toList());
    numbers.put(CONVERGED, networks.stream().map(kept -> kept.converged() ? 1L : 0L).toList());
    numbers.put(STATES, networks.stream().map(kept -> (long) kept.states()).toList());
  }

  /**
   * One network of a saved model.
   *
   * @param states that it has
   * @param features q
   */
  record Expected(long states, long features) {}

  /**
   * Says which weights there are.
   *
   * @return what each network is to have, in their order
   * @throws IllegalArgumentException naming numbers that no chains leave
   */
  static List<Expected> expect(State.Sizes sizes, State.Expected to) {
    int layers = sizes.sources();
    int networks = Math.max(1, sizes.numbers().getOrDefault(WIDTHS, List.of()).size() / layers);
    List<Long> widths = sizes.numbers(WIDTHS, networks * layers, 1, Integer.MAX_VALUE - 1);
    List<Long> chains = sizes.numbers(CHAINS, networks, 2, Integer.MAX_VALUE);
    sizes.numbers(CONVERGED, networks, 0, 1);
    List<Long> states = sizes.numbers(STATES, networks, 2, Integer.MAX_VALUE);
    int own = own(sizes, layers);
    List<Expected> all = new ArrayList<>();
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
      all.add(new Expected(states.get(i), fanIn));
    }
    return all;
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

  /** Those of a saved model. */
  static List<KeptNetworks> restore(State state, int layers) {
    List<Widths> widths = widths(state, layers);
    boolean sampled = state.numbers().containsKey(HYPERPARAMETERS);
    List<KeptNetworks> networks = new ArrayList<>();
    for (int i = 0; i < widths.size(); i++) {
      networks.add(
          new KeptNetworks(
              widths.get(i),
              Math.toIntExact(state.number(CHAINS).get(i)),
              state.number(CONVERGED).get(i) == 1,
              state.tensor(WEIGHTS + i),
              sampled ? state.tensor(HYPERPARAMETERS + i) : null));
    }
    return networks;
  }

  /** Whether states have scales of features. */
  static boolean haveScales(List<KeptNetworks> networks, int layers) {
    int plain = StateVariances.count(layers, 0);
    return networks.stream().anyMatch(kept -> kept.own() != null && kept.own().cols() > plain);
  }

  /** Of the networks of a saved model. */
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

  /** How many states each of them has. */
  static List<Long> states(State state) {
    return state.number(STATES);
  }

  /**
   * What predicting rows by all states amounts to.
   *
   * @param cost of it
   */
  static Load load(List<KeptNetworks> networks, long rows, int cores, Cost cost) {
    return new Load(
        Optional.of(RowTasks.lasting(cores, rows, RowPanel.ROWS, cost.seconds())),
        networks.stream().mapToLong(KeptNetworks::states).sum(),
        "networks",
        true,
        cost.seconds(),
        Optional.empty());
  }
}
