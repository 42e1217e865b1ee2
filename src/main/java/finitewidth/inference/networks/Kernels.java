package finitewidth.inference.networks;

import finitewidth.inference.networks.ChainRandom.Kernel;
import finitewidth.inference.work.RandomStream;

/**
 * The moves of one chain, made of a trajectory and of sweeps, each of which leaves π_τ as it is.
 * Works in its own arrays, for one thread.
 */
final class Kernels {
  /** Of a trajectory while τ changes: sweeps do most there. */
  private static final Trajectory.Length SHORT = new Trajectory.Length(1e9, 5);

  private final NetworkShape shape;
  private final Trajectory.Length length;
  private final OpenLikelihood open;
  private final Trajectory trajectory;
  private final double[] opened;
  private final Trajectory shortTrajectory;
  private final NeuronSweep sweep;

  /**
   * @param length of trajectories at τ = 1
   */
  Kernels(NetworkProblem problem, CollapsedLikelihood likelihood, Trajectory.Length length) {
    this.length = length;
    shape = likelihood.shape();
    open = new OpenLikelihood(problem, likelihood);
    trajectory = new Trajectory(open);
    opened = new double[open.shape().weights()];
    shortTrajectory = new Trajectory(likelihood);
    sweep = new NeuronSweep(likelihood);
  }

  /** The last trajectory at τ = 1, of {@link #opened}. */
  Trajectory trajectory() {
    return trajectory;
  }

  /** How those weights stand. */
  NetworkShape openShape() {
    return open.shape();
  }

  /** Hidden weights and those of the last layer where the last trajectory at τ = 1 has ended. */
  double[] opened() {
    return opened;
  }

  /** How far the last trajectory while τ changed was likely to be accepted. */
  double shortAcceptance() {
    return shortTrajectory.acceptance();
  }

  /**
   * A trajectory at τ = 1, of hidden weights together with a draw of the last layer's, which is
   * then forgotten: it moves as far as one of hidden weights alone at a small part of the cost.
   *
   * @param u all hidden weights; are overwritten
   */
  void move(double[] u, Metric metric, ChainRandom random, Phase phase, int step) {
    RandomStream stream = random.of(phase, Kernel.TRAJECTORY, step, 0);
    open.open(u, stream, opened);
    trajectory.move(opened, 1, metric, length, stream);
    System.arraycopy(opened, 0, u, 0, u.length);
  }

  /**
   * A sweep at τ = 1.
   *
   * @param u all hidden weights; are overwritten
   * @return L where it ends
   */
  double sweep(double[] u, ChainRandom random, Phase phase, int step) {
    return sweep.move(u, 1, false, random.of(phase, Kernel.SWEEP, step, 0));
  }

  /**
   * A move while τ changes. One hidden layer is swept; more need a short trajectory for the lower
   * ones.
   *
   * @param u all weights; are overwritten
   * @param reversed whether by the reversed kernel
   * @return L where it ends
   */
  double anneal(
      double[] u,
      double tau,
      double leap,
      boolean reversed,
      ChainRandom random,
      Phase phase,
      int step) {
    double value = Double.NaN;
    if (reversed) {
      value = sweep.move(u, tau, true, random.of(phase, Kernel.SWEEP, step, 0));
    }
    if (shape.layers() > 1) {
      shortTrajectory.move(
          u, tau, Metric.plain(leap, shape), SHORT, random.of(phase, Kernel.TRAJECTORY, step, 0));
      value = shortTrajectory.value();
    }
    if (!reversed) {
      value = sweep.move(u, tau, false, random.of(phase, Kernel.SWEEP, step, 0));
    }
    return value;
  }
}
