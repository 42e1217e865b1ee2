package finitewidth.inference.networks;

import finitewidth.inducing.TrainingBlock;
import finitewidth.inference.Ask;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.Cost;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.Map;

/** What chains in lockstep cost, and what predicting by the states that they leave. */
final class LockstepCost {
  /** Position, momentum, gradient and point of a chain, and its part of the sums on their way. */
  private static final double COPIES = 12;

  /** A feature's steps before it is summed, in products: activation, slope and scales. */
  private static final double ELEMENTWISE = 60;

  private LockstepCost() {}

  /**
   * Chains of all networks, at least for as long as it takes to see that they have converged.
   *
   * @param on inducing points; of these only features and outputs matter
   * @param rows P
   * @param cores that a budget of seconds is shared by
   */
  static Cost conditioning(
      ConditioningShape on, Chains chains, LockstepPlan plan, long rows, int cores) {
    int first = Math.min(chains.iterations(), chains.least());
    double least = 0;
    double most = 0;
    double driver = 0;
    double task = 0;
    double sums = 0;
    for (Widths widths : chains.widths()) {
      NetworkShape shape = chains.shape(on, widths);
      double neurons = shape.neurons();
      double gradient =
          new Costs(rows, on.outputs(), shape).gradient()
              + 2 * rows * shape.weights()
              + ELEMENTWISE * rows * neurons;
      // After variances have moved the likelihood is asked for once more.
      double again = shape.hyperparameters() > 0 ? 1 + 1.0 / plan.length().mostLeaps() : 1;
      double each = chains.chains() * again * gradient;
      least += Cost.products(plan.gradients(first) * each);
      most += Cost.products(plan.gradients(chains.iterations()) * each);
      double q = shape.features();
      double numbers = shape.weights() + 3 * q * q + q * on.outputs();
      double kept =
          LockstepRun.statesEach(chains, shape, on.outputs())
              * (2.0 * shape.weights() + q * (q + on.outputs()));
      driver += chains.chains() * (COPIES * numbers + kept);
      sums += chains.chains() * numbers;
      task = Math.max(task, 2.0 * TrainingBlock.ROWS * (3 * neurons + 2 * q));
    }
    most = Math.max(least, Math.min(most, cores * chains.seconds().orElse(Double.MAX_VALUE)));
    double moves = (double) chains.widths().size() * chains.chains();
    return new Cost(
        Map.of("iterations", moves * first),
        least,
        most,
        true,
        0,
        new Cost.Heap(
            Double.BYTES * driver,
            Double.BYTES * 2 * sums,
            Double.BYTES * (task + COPIES * sums),
            Double.BYTES * 2 * sums));
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
          double q = shape.features();
          double numbers = shape.weights() + q * (q + on.outputs());
          // As tensors, and as the arrays that products take.
          return new StateCost(numbers, 2 * numbers, 0);
        });
  }
}
