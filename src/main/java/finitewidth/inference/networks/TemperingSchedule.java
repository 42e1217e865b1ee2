package finitewidth.inference.networks;

/**
 * Temperatures between prior (τ = 0) and posterior (τ = 1) that are equally far apart in
 * thermodynamic length, Λ = ∫ sd_τ(L) dτ: L is the log likelihood, whose deviation at a temperature
 * a pilot run told. The deviation is taken to be linear in τ between the pilot's temperatures. The
 * variance of the log weight of one pass in K steps is some 2 Λ²/K times the autocorrelation time.
 */
final class TemperingSchedule {
  /** Steps for a unit of Λ². */
  private static final double STEPS_PER_SQUARE = 6;

  static final int FEWEST_STEPS = 50;
  static final int MOST_STEPS = 3000;

  private final double[] temperatures;
  private final double[] deviations;

  /** From τ = 0 to each of the temperatures. */
  private final double[] lengths;

  /**
   * @param temperatures of the pilot, from 0 to 1, rising
   * @param deviations of L at them
   * @throws IllegalArgumentException where temperatures do not rise from 0 to 1, or a deviation is
   *     negative or not finite
   */
  TemperingSchedule(double[] temperatures, double[] deviations) {
    int count = temperatures.length;
    if (count < 2 || deviations.length != count) {
      throw new IllegalArgumentException(
          count + " temperatures with " + deviations.length + " deviations are no pilot run");
    }
    if (temperatures[0] != 0 || temperatures[count - 1] != 1) {
      throw new IllegalArgumentException(
          "a pilot run goes from 0 to 1, not from "
              + temperatures[0]
              + " to "
              + temperatures[count - 1]);
    }
    lengths = new double[count];
    for (int i = 0; i < count; i++) {
      if (!(deviations[i] >= 0 && deviations[i] <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "the log likelihood has the deviation " + deviations[i] + " at " + temperatures[i]);
      }
      if (i > 0) {
        double step = temperatures[i] - temperatures[i - 1];
        if (!(step > 0)) {
          throw new IllegalArgumentException(
              "temperatures of a pilot run rise: " + temperatures[i]);
        }
        lengths[i] = lengths[i - 1] + step * 0.5 * (deviations[i] + deviations[i - 1]);
      }
    }
    this.temperatures = temperatures.clone();
    this.deviations = deviations.clone();
  }

  /** Λ. */
  double length() {
    return lengths[lengths.length - 1];
  }

  /** K = 6 Λ², but 50 at least and 3000 at most. */
  int steps() {
    double wanted = Math.ceil(STEPS_PER_SQUARE * length() * length());
    return (int) Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, wanted));
  }

  /**
   * K + 1 temperatures, the first 0 and the last 1, that rise. Where L does not vary at all they
   * are equally far apart.
   *
   * @param steps K, one or more
   */
  double[] temperatures(int steps) {
    double[] schedule = new double[steps + 1];
    int interval = 0;
    for (int k = 1; k < steps; k++) {
      double share = (double) k / steps;
      if (length() == 0) {
        schedule[k] = share;
        continue;
      }
      double length = share * length();
      while (interval < lengths.length - 2 && lengths[interval + 1] < length) {
        interval++;
      }
      schedule[k] = at(interval, length);
    }
    schedule[steps] = 1;
    return schedule;
  }

  /** Where the length is reached: the root of a quadratic, without cancellation. */
  private double at(int interval, double length) {
    double width = temperatures[interval + 1] - temperatures[interval];
    double first = deviations[interval];
    double slope = (deviations[interval + 1] - first) / width;
    double rest = Math.max(0, length - lengths[interval]);
    double root = Math.sqrt(Math.max(0, first * first + 2 * slope * rest));
    double step = rest == 0 ? 0 : 2 * rest / (first + root);
    return temperatures[interval] + Math.min(width, step);
  }
}
