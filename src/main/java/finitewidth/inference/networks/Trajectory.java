package finitewidth.inference.networks;

import finitewidth.inference.work.RandomStream;

/**
 * One trajectory of Hamiltonian Monte Carlo that leaves π_τ ∝ exp(τL(U) − ½|U|²) as it is. Half a
 * kick by the likelihood, an exact rotation of weights into momenta, which is the prior's own
 * motion, and half a kick: with L = 0 nothing is ever rejected, whatever the number of weights.
 *
 * <p>Hyperparameters, where they are sampled, are whitened too, and move with the weights. Its own
 * inverse, so it serves annealing in both directions.
 */
final class Trajectory {
  private final Slopes slopes;
  private final Motion motion;
  private final double[] gradient;
  private final double[] endGradient;
  private double acceptance;
  private double value;

  Trajectory(Slopes slopes) {
    this.slopes = slopes;
    motion = new Motion(slopes.shape());
    gradient = new double[slopes.shape().coordinates()];
    endGradient = new double[slopes.shape().coordinates()];
  }

  /**
   * How long trajectories are.
   *
   * @param angle that the softest direction turns by, before jitter; from ½ to 1½ times as much
   * @param mostLeaps and so many leaps at most
   */
  record Length(double angle, int mostLeaps) {
    /** Leaps on average, but for rounding up. */
    double mean(double step) {
      return Math.max(1, Math.min(mostLeaps, angle / step));
    }

    /**
     * How many leaps to make.
     *
     * @param jitter uniform in [0, 1)
     */
    int leaps(double step, double jitter) {
      double wanted = Math.ceil(angle * (0.5 + jitter) / step);
      return (int) Math.max(1, Math.min(mostLeaps, wanted));
    }
  }

  /**
   * Moves the weights, or leaves them.
   *
   * @param u all weights; are overwritten where the move is accepted
   * @param tau of the likelihood
   * @throws finitewidth.linalg.NumericsException if the likelihood is no number at the weights
   */
  void move(double[] u, double tau, Metric metric, Length length, RandomStream random) {
    value = slopes.gradient(u, gradient);
    if (!Double.isFinite(value)) {
      throw slopes.noNumber(u);
    }
    int leaps = length.leaps(metric.step(), random.uniform());
    double threshold = random.uniform();
    motion.begin(u, metric, random);
    double before = tau * value - motion.energy();
    double end = value;
    motion.kick(0.5 * tau, gradient);
    for (int leap = 1; leap < leaps; leap++) {
      motion.rotate();
      if (!slopes.between(motion.position(), endGradient)) {
        end = Double.NaN;
        break;
      }
      motion.kick(tau, endGradient);
    }
    if (Double.isFinite(end)) {
      motion.rotate();
      end = slopes.gradient(motion.position(), endGradient);
      motion.kick(0.5 * tau, endGradient);
    }
    double change = tau * end - motion.energy() - before;
    acceptance = Double.isFinite(change) ? Math.exp(Math.min(0, change)) : 0;
    if (threshold < acceptance) {
      System.arraycopy(motion.position(), 0, u, 0, u.length);
      System.arraycopy(endGradient, 0, gradient, 0, u.length);
      value = end;
    }
  }

  /** The probability with which the last move was accepted. */
  double acceptance() {
    return acceptance;
  }

  /** L where the last move has ended. */
  double value() {
    return value;
  }

  /** dL/dU where the last move has ended; is overwritten by the next. */
  double[] gradient() {
    return gradient;
  }
}
