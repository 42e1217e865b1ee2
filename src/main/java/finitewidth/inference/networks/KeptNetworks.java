package finitewidth.inference.networks;

import finitewidth.linalg.Matrix;
import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The states that chains of one network have left for predictions.
 *
 * @param widths of its hidden layers
 * @param chains that there were; each has left equally many states
 * @param converged whether no diagnostic of the chains has failed
 * @param weights a state a row, those of the first chain first
 */
record KeptNetworks(Widths widths, int chains, boolean converged, Matrix weights)
    implements Serializable {

  /** What chains keep when they are through. */
  static KeptNetworks of(Widths widths, List<ChainState> states, boolean converged, int each) {
    int fewest =
        states.stream().mapToInt(state -> state.kept().weights().size()).min().orElseThrow();
    int count = Math.min(each, fewest);
    List<double[]> all = new ArrayList<>();
    states.forEach(state -> all.addAll(state.kept().even(count)));
    return new KeptNetworks(
        widths, states.size(), converged, Matrix.copyOf(all.toArray(double[][]::new)));
  }

  /** States of all chains. */
  int states() {
    return weights.rows();
  }

  /** The chain that has left a state. */
  int chainOf(int state) {
    return (int) ((long) state * chains / weights.rows());
  }
}
