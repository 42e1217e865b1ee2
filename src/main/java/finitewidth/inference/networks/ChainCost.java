package finitewidth.inference.networks;

import finitewidth.inference.Ask;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.Cost;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.Map;

/** What chains cost, and what predicting by the states that they leave. */
final class ChainCost {
  /**
   * Weights that a chain's task works with: position, momentum and two gradients of each of two
   * kinds of trajectories, where the last one has come to, and single precision between leaps.
   */
  private static final double COPIES = 10;

  /** Chains as they stand, on their way out, and as they come home. */
  private static final double TRAVELLING = 3;

  private ChainCost() {}

  /**
   * Chains of all networks, at least for as long as it takes to see that they have converged.
   *
   * @param cores that a budget of seconds is shared by
   */
  static Cost conditioning(ConditioningShape on, Chains chains, int cores) {
    double least = 0;
    double most = 0;
    double kept = 0;
    double task = 0;
    double result = 0;
    for (Widths widths : chains.widths()) {
      NetworkShape shape = chains.shape(on, widths);
      Costs costs = new Costs(on.size(), on.outputs(), shape);
      int first = Math.min(chains.iterations(), chains.least());
      // With the log evidence the way is gone back, and both again in all steps that there may be.
      int ways = chains.evidence() ? 2 : 1;
      int steps = Math.min(chains.annealing(), TemperingSchedule.MOST_STEPS);
      int longest = chains.evidence() ? 4 * chains.annealing() : steps;
      int adapting = Math.max(NetworkRun.ADAPTING, chains.iterations());
      least +=
          chains.chains()
              * seconds(costs, first + NetworkRun.ADAPTING, ways * TemperingSchedule.FEWEST_STEPS);
      most += chains.chains() * seconds(costs, chains.iterations() + adapting, longest);
      double state = (1.0 + KeptStates.most(chains.statesEach(shape))) * shape.coordinates();
      kept += chains.chains() * state;
      result = Math.max(result, state);
      task = Math.max(task, 2 * state + COPIES * shape.coordinates() + working(on.size(), shape));
    }
    most = Math.max(least, Math.min(most, cores * chains.seconds().orElse(Double.MAX_VALUE)));
    double moves = (double) chains.widths().size() * chains.chains();
    return new Cost(
        Map.of("iterations", moves * Math.min(chains.iterations(), chains.least())),
        least,
        most,
        true,
        0,
        new Cost.Heap(
            on.bytes() + TRAVELLING * Double.BYTES * kept,
            Double.BYTES * (double) on.size() * (on.features() + 1 + on.outputs()),
            Double.BYTES * task,
            Double.BYTES * result));
  }

  /**
   * One chain: moves of adaptation and draws, and ways between prior and posterior.
   *
   * @param moves at τ = 1
   * @param annealing steps of all ways
   */
  static double seconds(Costs costs, int moves, int annealing) {
    return Cost.products(moves * costs.move(Costs.USUAL_LEAPS) + annealing * costs.anneal());
  }

  /**
   * Features of all layers, before and after the activation and on the way back; the last ones,
   * what is solved with them, and the smaller of their two Gram matrices with its factor and
   * inverse, and the inverse in single precision; where hyperparameters are sampled that matrix
   * again, as other variances have it, and its factor.
   */
  private static double working(double rows, NetworkShape shape) {
    double neurons = shape.neurons();
    double smaller = Math.min(rows, shape.features());
    double matrices = shape.hyperparameters() > 0 ? 7.5 : 4.5;
    return 3 * rows * neurons + 3 * rows * shape.features() + matrices * smaller * smaller;
  }

  /**
   * Rows by all states of each network.
   *
   * @param states of each of the networks
   */
  static Cost predicting(ConditioningShape on, List<Widths> widths, List<Long> states, Ask ask) {
    return StateCost.predicting(
        on,
        widths,
        states,
        ask,
        shape -> {
          double smaller = Math.min(on.size(), shape.features());
          return new StateCost(
              shape.weights() + smaller * (shape.features() + on.outputs()),
              shape.weights() + smaller * shape.features(),
              working(on.size(), shape));
        });
  }
}
