package finitewidth.inference.networks;

import java.io.Serializable;

/**
 * What all chains of all networks share: sent out once.
 *
 * @param problem what they are conditioned on
 * @param probe rows at which they are watched
 */
record WatchedRows(NetworkProblem problem, ProbeRows probe) implements Serializable {

  /** Numbers that a chain remembers of its predictions and hyperparameters. */
  int monitored() {
    return new BatchMeans(problem.outputs() * probe.rows() + problem.hyperparameters())
        .state()
        .length;
  }
}
