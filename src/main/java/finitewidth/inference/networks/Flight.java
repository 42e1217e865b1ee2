package finitewidth.inference.networks;

/**
 * A trajectory of one chain that others fly beside: as {@link Trajectory}, but that whoever leads
 * it finds out the likelihood wherever it asks for it. Half a kick, an exact rotation, half a kick,
 * for as many leaps as were drawn, then the choice between both ends.
 */
final class Flight {
  private final NetworkShape shape;
  private final Metric metric;
  private final Point start;
  private final double threshold;
  private final double[] position;
  private final double[] momentum;
  private final double[] cos;
  private final double[] sin;
  private final double before;
  private int left;
  private Point here;

  /**
   * @param start where L is finite
   * @param momentum a standard normal deviate for each weight; is overwritten
   * @param threshold uniform in [0, 1), for the choice
   * @param leaps to make
   */
  Flight(
      NetworkShape shape,
      Metric metric,
      Point start,
      double[] momentum,
      double threshold,
      int leaps) {
    this.shape = shape;
    this.metric = metric;
    this.start = start;
    this.momentum = momentum;
    this.threshold = threshold;
    left = leaps;
    here = start;
    position = start.u().clone();
    cos = new double[shape.columns()];
    sin = new double[shape.columns()];
    for (int k = 0; k < cos.length; k++) {
      cos[k] = Math.cos(metric.step() * metric.frequencies()[k]);
      sin[k] = Math.sin(metric.step() * metric.frequencies()[k]);
    }
    before = start.value() - energy();
  }

  NetworkShape shape() {
    return shape;
  }

  /** Whether there are leaps left, and it can be known where they lead. */
  boolean isFlying() {
    return left > 0 && here.isFinite();
  }

  /** Leaps; the likelihood is wanted where it comes to. */
  Position leap() {
    left--;
    kick();
    for (int l = 0; l < shape.layers(); l++) {
      int fanIn = shape.fanIn(l);
      int column = shape.column(l);
      for (int at = shape.offset(l); at < shape.offset(l + 1); at += fanIn) {
        for (int k = 0; k < fanIn; k++) {
          double u = position[at + k];
          double p = momentum[at + k];
          position[at + k] = cos[column + k] * u + sin[column + k] * p;
          momentum[at + k] = cos[column + k] * p - sin[column + k] * u;
        }
      }
    }
    return new Position(shape, position.clone());
  }

  /** Is told what the likelihood is there. */
  void arrive(Point point) {
    here = point;
    if (here.isFinite()) {
      kick();
    }
  }

  private void kick() {
    double factor = 0.5 * metric.step();
    double[] slope = here.gradient();
    for (int l = 0; l < shape.layers(); l++) {
      int fanIn = shape.fanIn(l);
      int column = shape.column(l);
      for (int at = shape.offset(l); at < shape.offset(l + 1); at += fanIn) {
        for (int k = 0; k < fanIn; k++) {
          momentum[at + k] += factor * metric.frequencies()[column + k] * slope[at + k];
        }
      }
    }
  }

  /** ½|U|² + ½|p|². */
  private double energy() {
    double sum = 0;
    for (int i = 0; i < position.length; i++) {
      sum += position[i] * position[i] + momentum[i] * momentum[i];
    }
    return 0.5 * sum;
  }

  /** What has come of it: the probability of the far end, and the end that was chosen. */
  Landing land() {
    double change = here.value() - energy() - before;
    double acceptance = Double.isFinite(change) ? Math.exp(Math.min(0, change)) : 0;
    return new Landing(threshold < acceptance ? here : start, acceptance);
  }

  /**
   * The end of a trajectory.
   *
   * @param point where the chain is now
   * @param acceptance the probability with which it was to move
   */
  record Landing(Point point, double acceptance) {}
}
