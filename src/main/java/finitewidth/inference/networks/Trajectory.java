package finitewidth.inference.networks;

import finitewidth.inference.work.RandomStream;

/**
 * One trajectory of Hamiltonian Monte Carlo that leaves π_τ ∝ exp(τL(U) − ½|U|²) as it is. Half a
 * kick by the likelihood, an exact rotation of weights into momenta, which is the prior's own
 * motion, and half a kick: with L = 0 nothing is ever rejected, whatever the number of weights.
 *
 * <p>StateVariances, where they are sampled, are whitened too, and move with the weights. Its own
 * inverse, so it serves annealing in both directions.
 */
final class Trajectory {
  private final Slopes slopes;
  private final NetworkShape shape;
  private final double[] position;
  private final double[] momentum;
  private final double[] gradient;
  private final double[] endGradient;
  private final double[] cos;
  private final double[] sin;
  private double acceptance;
  private double value;

  Trajectory(Slopes slopes) {
    this.slopes = slopes;
    shape = slopes.shape();
    position = new double[shape.coordinates()];
    momentum = new double[shape.coordinates()];
    gradient = new double[shape.coordinates()];
    endGradient = new double[shape.coordinates()];
    cos = new double[shape.columns()];
    sin = new double[shape.columns()];
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
    random.fill(momentum);
    System.arraycopy(u, 0, position, 0, u.length);
    angles(metric);
    double before = tau * value - energy();
    double end = value;
    kick(0.5 * metric.step() * tau, metric.frequencies(), gradient);
    for (int leap = 1; leap < leaps; leap++) {
      rotate();
      if (!slopes.between(position, endGradient)) {
        end = Double.NaN;
        break;
      }
      kick(metric.step() * tau, metric.frequencies(), endGradient);
    }
    if (Double.isFinite(end)) {
      rotate();
      end = slopes.gradient(position, endGradient);
      kick(0.5 * metric.step() * tau, metric.frequencies(), endGradient);
    }
    double change = tau * end - energy() - before;
    acceptance = Double.isFinite(change) ? Math.exp(Math.min(0, change)) : 0;
    if (threshold < acceptance) {
      System.arraycopy(position, 0, u, 0, u.length);
      System.arraycopy(endGradient, 0, gradient, 0, u.length);
      value = end;
    }
  }

  private void angles(Metric metric) {
    for (int k = 0; k < cos.length; k++) {
      cos[k] = Math.cos(metric.step() * metric.frequencies()[k]);
      sin[k] = Math.sin(metric.step() * metric.frequencies()[k]);
    }
  }

  /** ½|U|² + ½|p|², coordinates of hyperparameters among U. */
  private double energy() {
    double weights = 0;
    double momenta = 0;
    for (int i = 0; i < position.length; i++) {
      weights += position[i] * position[i];
      momenta += momentum[i] * momentum[i];
    }
    return 0.5 * (weights + momenta);
  }

  private void kick(double factor, double[] frequencies, double[] slope) {
    for (int l = 0; l < shape.blocks(); l++) {
      int fanIn = shape.fanIn(l);
      int column = shape.column(l);
      int end = shape.offset(l + 1);
      for (int at = shape.offset(l); at < end; at += fanIn) {
        for (int k = 0; k < fanIn; k++) {
          momentum[at + k] += factor * frequencies[column + k] * slope[at + k];
        }
      }
    }
  }

  private void rotate() {
    for (int l = 0; l < shape.blocks(); l++) {
      int fanIn = shape.fanIn(l);
      int column = shape.column(l);
      int end = shape.offset(l + 1);
      for (int at = shape.offset(l); at < end; at += fanIn) {
        for (int k = 0; k < fanIn; k++) {
          double u = position[at + k];
          double p = momentum[at + k];
          position[at + k] = cos[column + k] * u + sin[column + k] * p;
          momentum[at + k] = cos[column + k] * p - sin[column + k] * u;
        }
      }
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
