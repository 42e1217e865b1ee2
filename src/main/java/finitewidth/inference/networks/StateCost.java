package finitewidth.inference.networks;

import finitewidth.inference.Ask;
import finitewidth.inference.ConditioningShape;
import finitewidth.inference.Cost;
import finitewidth.inference.Order;
import finitewidth.prior.Widths;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a kept state costs.
 *
 * @param products multiplications to predict a row by it
 * @param numbers that it is where rows are predicted
 * @param working numbers that a task works with, for any number of states
 */
record StateCost(double products, double numbers, double working) {

  /**
   * Rows by all states of each network.
   *
   * @param states of each of the networks
   */
  static Cost predicting(
      ConditioningShape on,
      List<Widths> widths,
      List<Long> states,
      Ask ask,
      Function<NetworkShape, StateCost> each) {
    Cost limit = Cost.orderZero(on, ask.rows());
    if (ask.order() == Order.NNGP) {
      return limit;
    }
    double seconds = 0;
    double networks = 0;
    double bytes = on.bytes();
    double task = 0;
    for (int i = 0; i < widths.size(); i++) {
      StateCost one = each.apply(new NetworkShape(on.features() + 1, widths.get(i).whole()));
      networks += states.get(i);
      seconds += Cost.products(ask.rows() * 2.0 * states.get(i) * one.products());
      bytes += Double.BYTES * states.get(i) * one.numbers();
      task = Math.max(task, one.working());
    }
    return Cost.known(
            Map.of("networks", ask.rows() * networks),
            seconds,
            new Cost.Heap(bytes, bytes, Double.BYTES * task, 0))
        .then(limit);
  }
}
