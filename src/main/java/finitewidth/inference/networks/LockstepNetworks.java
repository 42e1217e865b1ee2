package finitewidth.inference.networks;

import finitewidth.linalg.Matrix;
import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.List;

/**
 * The states that chains of one network have left for predictions, each with its last layer, so
 * that no training rows are needed.
 *
 * @param widths of its hidden layers
 * @param chains that there were; each has left equally many states
 * @param converged whether no diagnostic of the chains has failed
 * @param weights a state a row, those of the first chain first
 * @param means w of each state, m × q
 * @param factors L of each state, LLᵀ = s²·1 + FᵀF, q × q, column-major
 */
record LockstepNetworks(
    Widths widths, int chains, boolean converged, Matrix weights, Matrix means, Matrix factors)
    implements Serializable {

  /** Of states and what rows say of their last layers. */
  static LockstepNetworks of(
      Widths widths, int chains, boolean converged, List<Position> states, List<LastLayer> last) {
    return new LockstepNetworks(
        widths,
        chains,
        converged,
        Matrix.copyOf(states.stream().map(Position::u).toArray(double[][]::new)),
        Matrix.copyOf(last.stream().map(LastLayer::mean).toArray(double[][]::new)),
        Matrix.copyOf(last.stream().map(LastLayer::factor).toArray(double[][]::new)));
  }

  /** States of all chains. */
  int states() {
    return weights.rows();
  }

  /** The last layer of state k. */
  WoodburyWeights last(int k, LockstepProblem problem, NetworkShape shape) {
    return new WoodburyWeights(
        shape.features(), problem.outputs(), means.row(k), factors.row(k), problem.noise());
  }
}
