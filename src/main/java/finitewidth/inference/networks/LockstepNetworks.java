package finitewidth.inference.networks;

import finitewidth.linalg.Matrix;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The states that chains of one network have left for predictions, each with its last layer, so
 * that no training rows are needed.
 *
 * @param kept hidden weights, and hyperparameters where these were sampled
 * @param means w of each state, m × q
 * @param factors L of each state, LLᵀ = s²·1 + FᵀF, q × q, column-major
 */
record LockstepNetworks(KeptNetworks kept, Matrix means, Matrix factors) implements Serializable {

  /** Of states and what rows say of their last layers. */
  static LockstepNetworks of(KeptNetworks kept, List<LastLayer> last) {
    return new LockstepNetworks(
        kept,
        Matrix.copyOf(last.stream().map(LastLayer::mean).toArray(double[][]::new)),
        Matrix.copyOf(last.stream().map(LastLayer::factor).toArray(double[][]::new)));
  }

  /** The last layer of each state. */
  List<WoodburyWeights> last(LockstepProblem problem) {
    int features = problem.shape(kept.widths().whole()).features();
    return IntStream.range(0, kept.states())
        .mapToObj(
            k ->
                WoodburyWeights.of(
                    features,
                    problem.outputs(),
                    means.row(k),
                    factors.row(k),
                    kept.hyperparameters(k).map(StateVariances::noise).orElse(problem.noise())))
        .toList();
  }
}
