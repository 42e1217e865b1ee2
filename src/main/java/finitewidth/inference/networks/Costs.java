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

  /** Sweeps take so much of the trajectory's time: log likelihoods would like more, means less. */
  private static final double PART = 1.0 / 3;

  private static final int MOST_SWEEPS = 8;

  /** A layer is wide from one neuron on so many rows. */
  private static final double WIDE = 4;

  /** Moves to a trajectory where sweeps do most. */
  private static final int SELDOM = 5;

  /** About a radian of the softest direction; π/2 would be an independent draw of a prior. */
  private static final Trajectory.Length FAR = new Trajectory.Length(1.2, 32);

  /** Where sweeps do most, half as far serves as well. */
  private static final Trajectory.Length NEAR = new Trajectory.Length(0.6, 16);

  private final double rows;
  private final double outputs;
  private final NetworkShape shape;

  Costs(NetworkProblem problem, NetworkShape shape) {
    this(problem.rows(), problem.outputs(), shape);
  }

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

  /**
   * Of a move with so many sweeps, on average.
   *
   * @param leaps of a trajectory, where a move has one
   */
  double move(double leaps, int sweeps) {
    double own = Math.min(leaps, length().mostLeaps());
    return (own + 1) * gradient() / mix(leaps).every() + sweeps * sweep();
  }

  /** Of a step of annealing. */
  double anneal() {
    return sweep() + (shape.layers() > 1 || shape.hyperparameters() > 0 ? 6 * gradient() : 0);
  }

  private boolean isWide() {
    return shape.layers() == 1 && WIDE * shape.features() >= rows;
  }

  /** How far trajectories go at τ = 1. */
  Trajectory.Length length() {
    return isWide() ? NEAR : FAR;
  }

  /**
   * What moves are best made of, by effective draws per second on 200 rows of concrete. One layer
   * that is wide for its rows mixes by sweeps, and a trajectory now and then is for what sweeps are
   * slow in; narrow layers need one each time, and so do layers below the last.
   *
   * @param leaps of a trajectory
   */
  Mix mix(double leaps) {
    if (isWide()) {
      // Sweeps leave the noise where it is.
      return shape.hyperparameters() == 0 ? new Mix(SELDOM, 1) : Mix.PLAIN;
    }
    double wanted = PART * leaps * gradient() / sweep();
    return new Mix(1, (int) Math.max(1, Math.min(MOST_SWEEPS, Math.round(wanted))));
  }

  /** Sweeps of each move, see {@link #mix}. */
  int sweeps(double leaps) {
    return mix(leaps).sweeps();
  }
}
