package finitewidth.inference.networks;

/**
 * A network that has chains.
 *
 * @param problem its number among the problems that are shared
 * @param rows that problem, with the rows at which it is watched
 * @param shape of its hidden layers
 */
record WatchedNetwork(int problem, WatchedRows rows, NetworkShape shape) {

  Costs costs() {
    return new Costs(rows.problem(), shape);
  }
}
