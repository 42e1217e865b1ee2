package finitewidth.inference.networks;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * An even choice of the states that a chain has been at, of bounded size, whatever the chain's
 * length will be: every so manyth, and where there are too many, every second of these.
 *
 * @param most states at most; even
 * @param stride between states
 * @param seen states that went by
 * @param weights of those that were kept, oldest first
 */
record KeptStates(int most, int stride, int seen, List<double[]> weights) implements Serializable {

  /**
   * None yet.
   *
   * @param fewest that a long chain has at least; it has less than twice as many
   */
  static KeptStates atLeast(int fewest) {
    return new KeptStates(most(fewest), 1, 0, List.of());
  }

  /** States that there are at once, at most. */
  static int most(int fewest) {
    return 2 * Math.max(1, fewest);
  }

  KeptStates {
    weights = List.copyOf(weights);
  }

  /** Shows it one more state. */
  KeptStates add(double[] state) {
    int now = seen + 1;
    if (now % stride != 0) {
      return new KeptStates(most, stride, now, weights);
    }
    List<double[]> more = new ArrayList<>(weights);
    more.add(state.clone());
    if (more.size() < most) {
      return new KeptStates(most, stride, now, more);
    }
    List<double[]> half = new ArrayList<>();
    for (int k = 1; k < more.size(); k += 2) {
      half.add(more.get(k));
    }
    return new KeptStates(most, 2 * stride, now, half);
  }

  /** So many of them, evenly, or all if there are not more. */
  List<double[]> even(int count) {
    int available = weights.size();
    if (available <= count) {
      return weights;
    }
    List<double[]> some = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      some.add(weights.get((int) ((2L * k + 1) * available / (2L * count))));
    }
    return some;
  }
}
