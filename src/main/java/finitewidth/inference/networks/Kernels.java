package finitewidth.inference.networks;

import finitewidth.inference.networks.ChainRandom.Kernel;
import finitewidth.inference.work.RandomStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The moves of one chain, made of a trajectory and of sweeps, each of which leaves π_τ as it is.
 * Works in its own arrays, for one thread.
 */
final class Kernels {
  /** Of a trajectory while τ changes, where every one has as many leaps. */
  private static final Trajectory.Length SHORT = new Trajectory.Length(1e9, 8);

  private final NetworkShape shape;
  private final Trajectory.Length length;
  private final boolean byTrajectories;

  /** Empty where hyperparameters are sampled, which move with the last layer integrated out. */
  private final Optional<OpenLikelihood> open;

  private final Trajectory trajectory;
  private final NetworkShape moved;
  private final double[] opened;
  private final Trajectory shortTrajectory;
  private final NeuronSweep sweep;

  /** Empty where hyperparameters are as they were given. */
  private final Optional<VarianceSweep> variances;

  private final Optional<OutputSweep> outputs;
  private final CollapsedLikelihood likelihood;

  Kernels(NetworkProblem problem, CollapsedLikelihood likelihood) {
    this.likelihood = likelihood;
    shape = likelihood.shape();
    outputs = problem.space().map(OutputSweep::new);
    Costs costs = new Costs(problem, shape);
    length = costs.length();
    byTrajectories = costs.annealsByTrajectories();
    shortTrajectory = new Trajectory(likelihood);
    sweep = new NeuronSweep(likelihood);
    if (problem.space().isPresent()) {
      open = Optional.empty();
      moved = shape;
      trajectory = new Trajectory(likelihood);
      variances =
          problem
              .space()
              .map(
                  space ->
                      new VarianceSweep(
                          space, problem.rotation(), problem.architecture().activation(), shape));
    } else {
      OpenLikelihood slopes = new OpenLikelihood(problem, likelihood);
      open = Optional.of(slopes);
      moved = slopes.shape();
      trajectory = new Trajectory(slopes);
      variances = Optional.empty();
    }
    opened = new double[moved.coordinates()];
  }

  /** The last trajectory at τ = 1, of {@link #opened}. */
  Trajectory trajectory() {
    return trajectory;
  }

  /** How what a trajectory at τ = 1 moves stands. */
  NetworkShape openShape() {
    return moved;
  }

  /**
   * Where the last trajectory at τ = 1 has ended: hidden weights, and with them those of the last
   * layer, or hyperparameters where these are sampled.
   */
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
   * Where hyperparameters are sampled they move with the hidden weights instead, and sweeps of
   * noise and variances follow.
   *
   * @param u all hidden weights, and hyperparameters; are overwritten
   */
  void move(double[] u, Metric metric, ChainRandom random, Phase phase, int step) {
    RandomStream stream = random.of(phase, Kernel.TRAJECTORY, step, 0);
    if (open.isPresent()) {
      open.get().open(u, stream, opened);
    } else {
      System.arraycopy(u, 0, opened, 0, u.length);
    }
    trajectory.move(opened, 1, metric, length, stream);
    System.arraycopy(opened, 0, u, 0, u.length);
    outputs(u, 1, false, random, phase, step, 0);
    variances(u, false, random, phase, step, 0);
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

  /** Noise and the output layer's variances, where these are sampled. */
  private void outputs(
      double[] u,
      double tau,
      boolean reversed,
      ChainRandom random,
      Phase phase,
      int step,
      int pass) {
    if (outputs.isPresent()) {
      double[] theta = Arrays.copyOfRange(u, shape.weights(), shape.coordinates());
      outputs
          .get()
          .move(
              theta,
              likelihood.outputs(u),
              tau,
              reversed,
              random.of(phase, Kernel.OUTPUT, step, pass));
      System.arraycopy(theta, 0, u, shape.weights(), theta.length);
    }
  }

  /** L stays as it is. */
  private void variances(
      double[] u, boolean reversed, ChainRandom random, Phase phase, int step, int pass) {
    variances.ifPresent(
        sampled -> sampled.move(u, reversed, random.of(phase, Kernel.VARIANCES, step, pass)));
  }

  /**
   * A move while τ changes: a sweep, and where {@link Costs#annealsByTrajectories} a short
   * trajectory with the last layer integrated out, and sweeps of noise and variances where these
   * are sampled.
   *
   * @param u all weights; are overwritten
   * @param reversed whether by the reversed kernel
   * @param pass how often the whole way was gone before
   * @return L where it ends
   */
  double anneal(
      double[] u,
      double tau,
      double leap,
      boolean reversed,
      ChainRandom random,
      Phase phase,
      int step,
      int pass) {
    double value = Double.NaN;
    if (reversed) {
      value = sweep.move(u, tau, true, random.of(phase, Kernel.SWEEP, step, pass));
      variances(u, true, random, phase, step, pass);
      outputs(u, tau, true, random, phase, step, pass);
    }
    if (byTrajectories) {
      shortTrajectory.move(
          u,
          tau,
          Metric.plain(leap, shape),
          SHORT,
          random.of(phase, Kernel.TRAJECTORY, step, pass));
      value = shortTrajectory.value();
    }
    if (!reversed) {
      outputs(u, tau, false, random, phase, step, pass);
      variances(u, false, random, phase, step, pass);
      value = sweep.move(u, tau, false, random.of(phase, Kernel.SWEEP, step, pass));
    }
    return value;
  }
}
