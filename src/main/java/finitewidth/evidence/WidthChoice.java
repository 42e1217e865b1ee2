package finitewidth.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Which of some uniform widths the training targets favour, and which the held-out rows.
 *
 * <p>To first order log p(n) = log p(∞) + c/n is monotone in n, so c &gt; 0 asks for the narrowest
 * network for which first order can be trusted, and c &lt; 0 for the widest. A width can be trusted
 * if
 *
 * <ul>
 *   <li>at most {@link #MOST_OUTSIDE} of the predictions leave the expansion (their inputs are
 *       looked at, never their targets), no predictive variance is negative, and
 *   <li>|c|/n is at most {@link #MOST_SHIFT} nats a target.
 * </ul>
 *
 * <p>Where the evidence of the narrowest of these is within {@link #LITTLE} nats or two standard
 * errors of that of infinite width, the targets do not tell, and the widest is taken as well.
 *
 * @param byEvidence the width chosen
 * @param reason why
 * @param gain c/n there, in nats
 * @param gainError its standard error
 * @param byDensity the trusted width of the lowest held-out nlpd, infinity included; empty where
 *     nothing was scored
 */
public record WidthChoice(
    double byEvidence, Reason reason, double gain, double gainError, OptionalDouble byDensity) {
  /** Largest share of predictions outside the expansion. */
  public static final double MOST_OUTSIDE = 0.05;

  /** Largest |δ log p| a target, in nats. */
  public static final double MOST_SHIFT = 0.1;

  /** So few nats decide nothing. */
  public static final double LITTLE = 1;

  /** Why no other width was chosen. */
  public enum Reason {
    /** Evidence grows towards narrower networks, and those cannot be trusted. */
    EXPANSION,
    /** Evidence grows towards narrower networks, and there is none in the list. */
    NARROWEST,
    /** Evidence is highest there, and lower at narrower and at wider networks. */
    HIGHEST,
    /** Evidence falls with 1/width: the targets favour infinite width. */
    WIDEST,
    /** Evidence hardly changes with the width, or not beyond its error. */
    UNDETERMINED,
    /** No width of the list can be trusted. */
    NONE
  }

  /**
   * What is known of a width.
   *
   * @param shift c/n, in nats
   * @param error standard error of the shift
   * @param outside share of the predictions outside the expansion
   * @param nlpd held-out, where it is known; NaN where a predictive variance is not positive
   */
  public record Candidate(
      double width, double shift, double error, double outside, OptionalDouble nlpd) {

    boolean trusted(double targets) {
      boolean positive = nlpd.isEmpty() || !Double.isNaN(nlpd.getAsDouble());
      return positive && outside <= MOST_OUTSIDE && Math.abs(shift) <= MOST_SHIFT * targets;
    }
  }

  /** Powers of √2 from 16 to 16384, rounded. */
  public static List<Double> grid() {
    return grid(8);
  }

  /** The same from 4 on, for what may hold at widths where first order does not. */
  public static List<Double> narrowGrid() {
    return grid(4);
  }

  private static List<Double> grid(int first) {
    return IntStream.rangeClosed(first, 28)
        .mapToObj(k -> (double) Math.round(Math.pow(2, 0.5 * k)))
        .toList();
  }

  /**
   * Chooses.
   *
   * @param candidates at least one
   * @param targets P·m
   * @param nngpNlpd held-out at infinite width, where it is known
   */
  public static WidthChoice of(List<Candidate> candidates, long targets, OptionalDouble nngpNlpd) {
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort((a, b) -> Double.compare(b.width(), a.width()));
    List<Candidate> trusted = sorted.stream().filter(c -> c.trusted((double) targets)).toList();
    Candidate narrowest =
        (trusted.isEmpty() ? sorted : trusted).get(Math.max(0, trusted.size() - 1));
    Reason reason = reason(narrowest, trusted, sorted);
    boolean narrow = reason == Reason.EXPANSION || reason == Reason.NARROWEST;
    Candidate chosen = narrow || trusted.isEmpty() ? narrowest : trusted.get(0);
    return new WidthChoice(
        chosen.width(), reason, chosen.shift(), chosen.error(), byDensity(trusted, nngpNlpd));
  }

  /**
   * Chooses where the evidence of each width was computed for itself, so that it may have a
   * maximum: the width that has it. The targets leave the width open where infinite width, or
   * another width that is no neighbour, is within {@link #LITTLE} nats or two standard errors of
   * the difference.
   *
   * @param candidates at least one
   * @param nngpNlpd held-out at infinite width, where it is known
   */
  public static WidthChoice highest(List<Candidate> candidates, OptionalDouble nngpNlpd) {
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort((a, b) -> Double.compare(b.width(), a.width()));
    List<Candidate> known =
        sorted.stream()
            .filter(c -> c.outside() <= MOST_OUTSIDE && Double.isFinite(c.shift() + c.error()))
            .toList();
    if (known.isEmpty()) {
      Candidate widest = sorted.get(0);
      return new WidthChoice(
          widest.width(), Reason.NONE, widest.shift(), widest.error(), byDensity(known, nngpNlpd));
    }
    int at = 0;
    for (int k = 1; k < known.size(); k++) {
      at = known.get(k).shift() > known.get(at).shift() ? k : at;
    }
    Candidate best = known.get(at);
    return new WidthChoice(
        best.width(),
        reason(known, at, sorted),
        best.shift(),
        best.error(),
        byDensity(known, nngpNlpd));
  }

  /**
   * @param known from the widest on
   */
  private static Reason reason(List<Candidate> known, int at, List<Candidate> sorted) {
    Candidate best = known.get(at);
    if (!(Math.abs(best.shift()) > Math.max(LITTLE, 2 * best.error()))) {
      return Reason.UNDETERMINED;
    }
    if (best.shift() < 0) {
      return Reason.WIDEST;
    }
    for (int k = 0; k < known.size(); k++) {
      double error = Math.hypot(best.error(), known.get(k).error());
      if (Math.abs(k - at) > 1
          && !(best.shift() - known.get(k).shift() > Math.max(LITTLE, 2 * error))) {
        return Reason.UNDETERMINED;
      }
    }
    if (at < known.size() - 1) {
      return Reason.HIGHEST;
    }
    return best.equals(sorted.get(sorted.size() - 1)) ? Reason.NARROWEST : Reason.EXPANSION;
  }

  private static Reason reason(
      Candidate narrowest, List<Candidate> trusted, List<Candidate> sorted) {
    if (trusted.isEmpty()) {
      return Reason.NONE;
    }
    // Written so that NaN decides nothing.
    if (!(Math.abs(narrowest.shift()) > Math.max(LITTLE, 2 * narrowest.error()))) {
      return Reason.UNDETERMINED;
    }
    if (narrowest.shift() < 0) {
      return Reason.WIDEST;
    }
    return narrowest.equals(sorted.get(sorted.size() - 1)) ? Reason.NARROWEST : Reason.EXPANSION;
  }

  private static OptionalDouble byDensity(List<Candidate> trusted, OptionalDouble nngpNlpd) {
    double width = Double.POSITIVE_INFINITY;
    double least = nngpNlpd.orElse(Double.POSITIVE_INFINITY);
    boolean known = nngpNlpd.isPresent();
    for (Candidate candidate : trusted) {
      double nlpd = candidate.nlpd().orElse(Double.NaN);
      if (!Double.isNaN(nlpd)) {
        known = true;
        if (nlpd < least) {
          least = nlpd;
          width = candidate.width();
        }
      }
    }
    return known ? OptionalDouble.of(width) : OptionalDouble.empty();
  }

  /** Whether the training targets leave the width open. */
  public boolean poorlyDetermined() {
    return reason == Reason.NONE || reason == Reason.UNDETERMINED;
  }
}
