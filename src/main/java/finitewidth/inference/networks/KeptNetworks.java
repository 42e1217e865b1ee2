package finitewidth.inference.networks;

import finitewidth.linalg.Matrix;
import finitewidth.prior.Widths;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The states that chains of one network have left for predictions.
 *
 * @param widths of its hidden layers
 * @param chains that there were; each has left equally many states
 * @param converged whether no diagnostic of the chains has failed
 * @param weights a state a row, those of the first chain first
 * @param own noise and variances of each state, a row of {@link StateVariances#numbers}; null where
 *     they are as they were given
 */
record KeptNetworks(
    Widths widths, int chains, boolean converged, Matrix weights, @Nullable Matrix own)
    implements Serializable {

  /** What chains keep when they are through. */
  static KeptNetworks of(
      Widths widths,
      List<ChainState> states,
      boolean converged,
      int each,
      Optional<HyperparameterSpace> space) {
    int fewest =
        states.stream().mapToInt(state -> state.kept().weights().size()).min().orElseThrow();
    int count = Math.min(each, fewest);
    List<double[]> all = new ArrayList<>();
    states.forEach(state -> all.addAll(state.kept().even(count)));
    return of(widths, states.size(), all, converged, space);
  }

  /**
   * Of states of all chains.
   *
   * @param all those of the first chain first, hyperparameters behind the weights
   */
  static KeptNetworks of(
      Widths widths,
      int chains,
      List<double[]> all,
      boolean converged,
      Optional<HyperparameterSpace> space) {
    int sampled = space.map(HyperparameterSpace::size).orElse(0);
    return new KeptNetworks(
        widths,
        chains,
        converged,
        Matrix.copyOf(
            all.stream().map(u -> Arrays.copyOf(u, u.length - sampled)).toArray(double[][]::new)),
        space
            .map(
                some ->
                    Matrix.copyOf(
                        all.stream()
                            .map(u -> some.at(u, u.length - sampled).numbers())
                            .toArray(double[][]::new)))
            .orElse(null));
  }

  /** States of all chains. */
  int states() {
    return weights.rows();
  }

  /** Noise and variances of a state; empty where they are as they were given. */
  Optional<StateVariances> hyperparameters(int state) {
    return Optional.ofNullable(own)
        .map(all -> StateVariances.of(all.row(state), widths.hiddenLayers()));
  }

  /** s² of all states; none where it is as it was given. */
  double[] noises() {
    return own == null ? new double[0] : own.column(0);
  }
}
