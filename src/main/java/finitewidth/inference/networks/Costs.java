package finitewidth.inference.networks;

/**
 * Operations of the moves, counted. Sweeps are products of matrices with vectors, which run at a
 * fraction of the speed of other products.
 */
final class Costs {
  /** How many times slower than products of matrices. */
  private static final double VECTORS = 4;

  /** The same where all matrices are those of the rows, and so large. */
  private static final double LARGE_VECTORS = 1.5;

  /** Looks at a neuron before it has moved. */
  private static final double TRIES = 2;

  /** Leaps of a trajectory where nothing is known yet. */
  static final double USUAL_LEAPS = 50;

  /** Sweeps take so much of the trajectories' time. */
  private static final double PART = 1.0 / 3;

  private static final int MOST_BETWEEN = 5;

  /** More than half a turn of the softest direction: stiff ones, which matter, go much less far. */
  private static final Trajectory.Length LENGTH = new Trajectory.Length(4, 128);

  /** With the last layer integrated out, where a leap is dear: about a radian. */
  private static final Trajectory.Length COLLAPSED = new Trajectory.Length(1.2, 128);

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
            ? VECTORS * (2 * TRIES * (rows * q + q * q + rows * d) + 4 * q * q)
            : LARGE_VECTORS * ((6 + 2 * TRIES) * rows * rows + 2 * TRIES * rows * (d + outputs));
    return shape.width(shape.layers() - 1) * own;
  }

  /** Of one gradient with the last layer's weights given. */
  double openGradient() {
    return 6 * rows * (shape.weights() + shape.features() * outputs);
  }

  /**
   * Of a move, on average: one factor for the draw of the last layer and one for what is seen,
   * leaps, sweeps.
   *
   * @param leaps of a trajectory
   */
  double move(double leaps) {
    return trajectory(leaps) + gradient() + sweep() / mix(leaps).every();
  }

  private double trajectory(double leaps) {
    double leap = isCollapsed() ? gradient() : openGradient();
    return gradient() + Math.min(leaps, length().mostLeaps()) * leap;
  }

  /** Of a step of annealing. */
  double anneal() {
    return sweep() + (annealsByTrajectories() ? 9 * gradient() : 0);
  }

  /**
   * Whether a step of annealing has a trajectory beside its sweep. Layers below the last need one.
   * A layer with fewer neurons than there are rows is worth one: on 200 rows of concrete the bounds
   * of the log evidence are two to six times as near after as many seconds, at 16 to 64 neurons.
   */
  boolean annealsByTrajectories() {
    return shape.layers() > 1 || shape.features() < rows || isCollapsed();
  }

  /** Whether trajectories at τ = 1 move hyperparameters, with the last layer integrated out. */
  private boolean isCollapsed() {
    return shape.hyperparameters() > 0;
  }

  /** How far trajectories go at τ = 1. */
  Trajectory.Length length() {
    return isCollapsed() ? COLLAPSED : LENGTH;
  }

  /**
   * What moves are best made of: a trajectory each, and sweeps as long as they take a third of its
   * time. On 200 rows of concrete effective draws per second hardly depend on how many sweeps there
   * are; but sweeps alone can take a neuron from one mode to another.
   *
   * @param leaps of a trajectory
   */
  Mix mix(double leaps) {
    double fewer = sweep() / (PART * trajectory(leaps));
    return new Mix((int) Math.max(1, Math.min(MOST_BETWEEN, Math.round(fewer))));
  }
}
