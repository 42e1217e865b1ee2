package finitewidth.inference.networks;

import finitewidth.inference.work.Stopwatch;
import java.util.OptionalDouble;

/**
 * The seconds that chains may take, and those that they have taken, by the clock of whoever leads
 * them. What a run before a kill has taken counts, as far as its checkpoint has it.
 */
final class Budget {
  private final double most;
  private double before;
  private Stopwatch since = new Stopwatch();

  /** Begins to count. */
  Budget(OptionalDouble seconds) {
    most = seconds.orElse(Double.POSITIVE_INFINITY);
  }

  /** Seconds until now. */
  double spent() {
    return before + since.total();
  }

  /** Counts on from what was spent when something that is kept was done. */
  void resume(double spent) {
    before = spent;
    since = new Stopwatch();
  }

  /** Whether what takes so many seconds from that time on ends in time. */
  boolean allows(double spent, double seconds) {
    return spent + seconds <= most;
  }
}
