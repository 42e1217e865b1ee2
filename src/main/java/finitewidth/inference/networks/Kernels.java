package finitewidth.inference.networks;

import finitewidth.inference.networks.ChainRandom.Kernel;
import java.util.Optional;

/**
 * The moves of one chain, made of a trajectory and of sweeps, each of which leaves π_τ as it is.
 * Works in its own arrays, for one thread.
 */
final class Kernels {
  /** Of a trajectory while τ changes: sweeps do most there. */
  private static final Trajectory.Length SHORT = new Trajectory.Length(1e9, 5);

  private final NetworkShape shape;
  private final Trajectory.Length length;
  private final Trajectory trajectory;
  private final NeuronSweep sweep;

  /** Empty where hyperparameters are as they were given. */
  private final Optional<VarianceSweep> variances;

  /**
   * @param length of trajectories at τ = 1
   */
  Kernels(NetworkProblem problem, CollapsedLikelihood likelihood, Trajectory.Length length) {
    this.length = length;
    shape = likelihood.shape();
    trajectory = new Trajectory(likelihood);
    sweep = new NeuronSweep(likelihood);
    variances =
        problem.space().isPresent()
            ? Optional.of(new VarianceSweep(problem, shape))
            : Optional.empty();
  }

  /** The last trajectory. */
  Trajectory trajectory() {
    return trajectory;
  }

  /**
   * A whole move at τ = 1: a trajectory, then sweeps.
   *
   * @param u all weights; are overwritten
   * @return L where it ends
   */
  double move(double[] u, Metric metric, int sweeps, ChainRandom random, Phase phase, int step) {
    trajectory.move(u, 1, metric, length, random.of(phase, Kernel.TRAJECTORY, step, 0));
    return sweeps(u, trajectory.value(), sweeps, random, phase, step);
  }

  /**
   * The sweeps of a move alone, of variances where these are sampled and of neurons.
   *
   * @param value L before
   * @return L where they end
   */
  double sweeps(double[] u, double value, int sweeps, ChainRandom random, Phase phase, int step) {
    double end = value;
    variances(u, false, random, phase, step);
    for (int turn = 0; turn < sweeps; turn++) {
      end = sweep.move(u, 1, false, random.of(phase, Kernel.SWEEP, step, turn));
    }
    return end;
  }

  /** L stays as it is. */
  private void variances(double[] u, boolean reversed, ChainRandom random, Phase phase, int step) {
    variances.ifPresent(
        sampled -> sampled.move(u, reversed, random.of(phase, Kernel.VARIANCES, step, 0)));
  }

  /**
   * A move while τ changes. One hidden layer is swept; lower ones and hyperparameters need a short
   * trajectory.
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
    if (reversed) {
      variances(u, true, random, phase, step);
    }
    if (shape.layers() > 1 || shape.hyperparameters() > 0) {
      trajectory.move(
          u, tau, Metric.plain(leap, shape), SHORT, random.of(phase, Kernel.TRAJECTORY, step, 0));
      value = trajectory.value();
    }
    if (!reversed) {
      variances(u, false, random, phase, step);
      value = sweep.move(u, tau, false, random.of(phase, Kernel.SWEEP, step, 0));
    }
    return value;
  }
}
