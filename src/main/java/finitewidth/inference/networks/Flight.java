package finitewidth.inference.networks;

import finitewidth.inference.work.RandomStream;

/**
 * A trajectory of one chain that others fly beside: as {@link Trajectory}, but that whoever leads
 * it finds out the likelihood wherever it asks for it. Half a kick, an exact rotation, half a kick,
 * for as many leaps as were drawn, then the choice between both ends.
 */
final class Flight {
  private static final double HALF = 0.5;

  private final NetworkShape shape;
  private final Point start;
  private final double threshold;
  private final Motion motion;
  private final double before;
  private int left;
  private Point here;

  /**
   * @param start where L is finite
   * @param threshold uniform in [0, 1), for the choice
   * @param random gives the momenta
   * @param leaps to make
   */
  Flight(
      NetworkShape shape,
      Metric metric,
      Point start,
      double threshold,
      RandomStream random,
      int leaps) {
    this.shape = shape;
    this.start = start;
    this.threshold = threshold;
    left = leaps;
    here = start;
    motion = new Motion(shape);
    motion.begin(start.u(), metric, random);
    before = start.value() - motion.energy();
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
    motion.kick(HALF, here.gradient());
    motion.rotate();
    return new Position(shape, motion.position().clone());
  }

  /** Is told what the likelihood is there. */
  void arrive(Point point) {
    here = point;
    if (here.isFinite()) {
      motion.kick(HALF, here.gradient());
    }
  }

  /** What has come of it: the probability of the far end, and the end that was chosen. */
  Landing land() {
    double change = here.value() - motion.energy() - before;
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
