package finitewidth.inference.comparison;

import java.util.List;
import java.util.Optional;

/** Whether the corrected posterior of some widths can be trusted on these data. */
public enum Trust {
  /** In means, variances and log evidence it removes at least half of the NNGP's distance. */
  TRUSTWORTHY,
  /** It is nearer to the exact posterior than the NNGP in all three, but not by so much. */
  NEARER,
  /** In at least one it is farther away than the NNGP: these widths are outside the expansion. */
  FARTHER,
  /** It is infinite width itself, and can be told from the exact posterior. */
  APART,
  /** The noise of the exact posterior hides which is nearer. */
  UNDECIDED,
  /** So few draws carry the weight that not even their noise is known. */
  TOO_FEW_DRAWS,
  /** The chains that the exact posterior was to come from do not agree. */
  NOT_CONVERGED;

  /** Effective draws below which nothing is said. */
  public static final double FEWEST_DRAWS = 100;

  /** Distances below this do not matter, in the units of {@link Comparison}. */
  public static final double NEGLIGIBLE = 0.01;

  /** Whether this says that nothing can be said. */
  public boolean isSilence() {
    return this == TOO_FEW_DRAWS || this == NOT_CONVERGED;
  }

  /** What draws of this worth must be silent for; empty where they are enough. */
  public static Optional<Trust> silence(double effectiveDraws) {
    // Written so that what is not a number is too few.
    return effectiveDraws >= FEWEST_DRAWS ? Optional.empty() : Optional.of(TOO_FEW_DRAWS);
  }

  /** What the exact posterior says of distances from it. */
  public static Trust of(Truth exact, List<Comparison> comparisons) {
    return exact.silence().orElseGet(() -> of(comparisons));
  }

  /**
   * The same of infinite width itself, which there is nothing to hold beside: trustworthy where all
   * its distances are known to be negligible.
   */
  public static Trust ofInfiniteWidth(Truth exact, List<Comparison> comparisons) {
    return exact.silence().orElseGet(() -> ofInfiniteWidth(comparisons));
  }

  /** Written so that what is not a number is undecided. */
  static Trust ofInfiniteWidth(List<Comparison> comparisons) {
    if (comparisons.stream().allMatch(c -> c.nngp().bound() < NEGLIGIBLE)) {
      return TRUSTWORTHY;
    }
    return comparisons.stream().anyMatch(c -> c.nngp().isResolved()) ? APART : UNDECIDED;
  }

  /** Written so that what is not a number is undecided. */
  static Trust of(List<Comparison> comparisons) {
    if (comparisons.stream().allMatch(c -> c.halved().isResolved() || isSame(c))) {
      return comparisons.stream().anyMatch(c -> c.halved().isResolved()) ? TRUSTWORTHY : UNDECIDED;
    }
    if (comparisons.stream().anyMatch(Comparison::isFarther)) {
      return FARTHER;
    }
    return comparisons.stream().allMatch(c -> c.nearer().isResolved() || isSame(c))
        ? NEARER
        : UNDECIDED;
  }

  /** As in means of linear networks, which no order corrects. */
  private static boolean isSame(Comparison comparison) {
    Distance nearer = comparison.nearer();
    Distance left = comparison.corrected();
    return Math.abs(nearer.square()) <= nearer.significant() * nearer.squareError()
        && left.square() + left.significant() * left.squareError() < NEGLIGIBLE * NEGLIGIBLE;
  }
}
