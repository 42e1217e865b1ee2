package finitewidth.inference.networks;

import finitewidth.inference.work.RandomStream;

/**
 * Weights and their momenta on a trajectory: kicks by a likelihood, and the exact rotation of
 * weights into momenta between them, which is the prior's own motion. Works in its own arrays.
 */
final class Motion {
  private final NetworkShape shape;
  private final double[] position;
  private final double[] momentum;
  private final double[] cos;
  private final double[] sin;
  private Metric metric;

  Motion(NetworkShape shape) {
    this.shape = shape;
    position = new double[shape.coordinates()];
    momentum = new double[shape.coordinates()];
    cos = new double[shape.columns()];
    sin = new double[shape.columns()];
    metric = Metric.plain(0, shape);
  }

  /**
   * Sets out.
   *
   * @param u weights and coordinates of hyperparameters
   * @param with how far each column turns
   * @param random gives the momenta
   */
  void begin(double[] u, Metric with, RandomStream random) {
    metric = with;
    random.fill(momentum);
    System.arraycopy(u, 0, position, 0, u.length);
    for (int k = 0; k < cos.length; k++) {
      cos[k] = Math.cos(with.step() * with.frequencies()[k]);
      sin[k] = Math.sin(with.step() * with.frequencies()[k]);
    }
  }

  /** Where it is; is overwritten by {@link #rotate}. */
  double[] position() {
    return position;
  }

  /** ½|U|² + ½|p|², coordinates of hyperparameters among U. */
  double energy() {
    double weights = 0;
    double momenta = 0;
    for (int i = 0; i < position.length; i++) {
      weights += position[i] * position[i];
      momenta += momentum[i] * momentum[i];
    }
    return 0.5 * (weights + momenta);
  }

  /**
   * Pushes.
   *
   * @param part of a whole step's kick
   * @param slope dL/dU
   */
  void kick(double part, double[] slope) {
    double factor = part * metric.step();
    double[] frequencies = metric.frequencies();
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

  /** Turns weights and momenta by one step. */
  void rotate() {
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
}
