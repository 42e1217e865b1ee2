package finitewidth.inference.networks;

import java.util.ArrayList;
import java.util.List;

/**
 * Log evidence from chains that were annealed from the prior to the posterior and back.
 *
 * @param value by Bennett's ratio of both ways
 * @param error its standard error, by a bootstrap of chains; too small, by a factor of some 2,
 *     unless this has converged
 * @param forward log of the mean forward weight, which is too low by chance more often than too
 *     high
 * @param forwardError by the jackknife
 * @param reverse minus the log of the mean of reverse weights' inverses, too high more often
 * @param reverseError by the jackknife
 * @param lower mean of log forward weights: a bound from below, but for its own scatter
 * @param upper mean of log reverse weights: a bound from above
 * @param forwardVariance of log forward weights
 * @param reverseVariance of log reverse weights
 */
record LogEvidence(
    double value,
    double error,
    double forward,
    double forwardError,
    double reverse,
    double reverseError,
    double lower,
    double upper,
    double forwardVariance,
    double reverseVariance) {

  /** Where there is one way only. */
  static final LogEvidence UNKNOWN =
      new LogEvidence(
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN);

  /** Nats between the bounds, at most. */
  static final double LARGEST_GAP = 8;

  /** Of log weights either way. */
  static final double LARGEST_VARIANCE = 16;

  /** Combined standard errors that forward and reverse may differ by, and nats on top. */
  static final double ERRORS_APART = 2;

  static final double NATS_APART = 1;

  /** upper − lower: how much work was lost on the way. */
  double gap() {
    return upper - lower;
  }

  /** Whether chains have gone both ways. */
  boolean isKnown() {
    return this != UNKNOWN;
  }

  /** Whether the value and its error can be believed; if not, more temperatures are needed. */
  boolean isConverged() {
    return failures().isEmpty();
  }

  /** Each test that fails, in a sentence with its figure and the limit. */
  List<String> failures() {
    if (!isKnown()) {
      return List.of("it is not computed, as nobody has asked for it");
    }
    List<String> failures = new ArrayList<>();
    // Written so that what is not a number fails.
    if (!(gap() <= LARGEST_GAP)) {
      failures.add(
          Figures.sentence(
              "the bounds of the log evidence are %s nats apart, above %s", gap(), LARGEST_GAP));
    }
    variance(failures, "forward", forwardVariance);
    variance(failures, "reverse", reverseVariance);
    double limit = ERRORS_APART * Math.hypot(forwardError, reverseError) + NATS_APART;
    double apart = Math.abs(forward - reverse);
    if (!(apart < limit)) {
      failures.add(
          Figures.sentence(
              "the forward and the reverse log evidence differ by %s nats, not below %s",
              apart, limit));
    }
    return failures;
  }

  private static void variance(List<String> failures, String way, double variance) {
    if (!(variance < LARGEST_VARIANCE)) {
      failures.add(
          Figures.sentence(
              "the variance of the " + way + " log weights is %s, not below %s",
              variance,
              LARGEST_VARIANCE));
    }
  }
}
