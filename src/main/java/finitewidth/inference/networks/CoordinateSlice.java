package finitewidth.inference.networks;

import finitewidth.inference.work.RandomStream;
import java.util.function.DoubleSupplier;

/**
 * Moves one coordinate θ ~ N(0, 1) by elliptical slice sampling (Murray, Adams, MacKay 2010): it
 * always moves, from however far away, and has nothing to tune.
 */
final class CoordinateSlice {
  /** A bracket shrinks by more than half each time on average; this is for NaN alone. */
  private static final int MOST_TRIES = 200;

  private CoordinateSlice() {}

  /**
   * Moves it.
   *
   * @param theta coordinates; the k-th is overwritten
   * @param now log density as it is, its prior aside
   * @param density log density of {@code theta} as it stands when asked, its prior aside
   * @return whether it has moved
   */
  static boolean move(
      double[] theta, int k, double now, DoubleSupplier density, RandomStream random) {
    double own = theta[k];
    double other = random.normal();
    double threshold = now + Math.log(1 - random.uniform());
    double angle = 2 * Math.PI * random.uniform();
    double low = angle - 2 * Math.PI;
    double high = angle;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      theta[k] = Math.cos(angle) * own + Math.sin(angle) * other;
      if (density.getAsDouble() >= threshold) {
        return true;
      }
      if (angle < 0) {
        low = angle;
      } else {
        high = angle;
      }
      angle = low + (high - low) * random.uniform();
    }
    theta[k] = own;
    return false;
  }
}
