package finitewidth.inference.networks;

/**
 * Operations of the moves, counted. Sweeps are products of matrices with vectors, which run at a
 * fraction of the speed of other products.
 */
final class Costs {
  /** How many times slower than products of matrices. */
  private static final double VECTORS = 4;

  /** Looks at a neuron before it has moved. */
  private static final double TRIES = 2;

  /** Leaps of a trajectory where nothing is known yet. */
  static final double USUAL_LEAPS = 25;

  /** Where sweeps take half as long as the trajectory, more of them stop paying. */
  private static final int MOST_SWEEPS = 8;

  private final double rows;
  private final double outputs;
  private final NetworkShape shape;

  Costs(double rows, double outputs, NetworkShape shape) {
    this.rows = rows;
    this.outputs = outputs;
    this.shape = shape;
  }

  /** Of one gradient. */
  double gradient() {
    double q = shape.features();
    double last =
        q < rows
            ? 3 * rows * q * q + q * q * q + 6 * rows * q * outputs
            : 3 * rows * rows * q + rows * rows * rows + 4 * rows * q * outputs;
    return last + 6 * rows * shape.weights();
  }

  /** Of one sweep, in operations of other products. */
  double sweep() {
    double q = shape.features();
    double d = shape.fanIn(shape.layers() - 1);
    double own =
        q < rows
            ? 2 * TRIES * (rows * q + q * q + rows * d) + 4 * q * q
            : (6 + 2 * TRIES) * rows * rows + 2 * TRIES * rows * (d + outputs);
    return VECTORS * shape.width(shape.layers() - 1) * own;
  }

  /** Of a move with so many leaps and sweeps. */
  double move(double leaps, int sweeps) {
    return (leaps + 1) * gradient() + sweeps * sweep();
  }

  /** Of a step of annealing. */
  double anneal() {
    return sweep() + (shape.layers() > 1 ? 6 * gradient() : 0);
  }

  /**
   * How many sweeps go with a trajectory.
   *
   * @param leaps of the trajectory
   */
  int sweeps(double leaps) {
    double wanted = 0.5 * leaps * gradient() / sweep();
    return (int) Math.max(1, Math.min(MOST_SWEEPS, Math.round(wanted)));
  }
}
