package finitewidth.inference.networks;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the chains of one network begin with.
 *
 * @param schedule of their annealing
 * @param states draws of the prior, in the order of chains
 */
record Start(Schedule schedule, List<ChainState> states) implements Serializable {

  /**
   * Sends a pilot ahead and draws from the prior.
   *
   * @param mostSteps of annealing
   */
  static Start of(
      NetworkProblem problem,
      NetworkShape shape,
      ProbeRows probe,
      Chain.Plan plan,
      int chains,
      int mostSteps) {
    Schedule schedule = new Pilot(problem, shape, plan.seed()).run(mostSteps);
    Chain chain = new Chain(problem, shape, schedule, plan, probe);
    return new Start(schedule, IntStream.range(0, chains).mapToObj(chain::start).toList());
  }
}
