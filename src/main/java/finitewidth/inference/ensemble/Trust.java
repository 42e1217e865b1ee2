package finitewidth.inference.ensemble;

import java.util.List;

/** Whether the corrected posterior of some widths can be trusted on these data. */
public enum Trust {
  /** In means, variances and log evidence it removes at least half of the NNGP's distance. */
  TRUSTWORTHY,
  /** It is nearer to the exact posterior than the NNGP in all three, but not by so much. */
  NEARER,
  /** In at least one it is farther away than the NNGP: these widths are outside the expansion. */
  FARTHER,
  /** The noise of the draws hides which is nearer. */
  UNDECIDED,
  /** So few draws carry the weight that not even their noise is known. */
  TOO_FEW_DRAWS;

  /** Effective draws below which nothing is said. */
  public static final double FEWEST_DRAWS = 100;

  /** Distances below this do not matter, in the units of {@link Comparison}. */
  static final double NEGLIGIBLE = 0.01;

  /** Differences count from two standard errors on. */
  public static Trust of(double effectiveDraws, List<Comparison> comparisons) {
    // Written so that what is not a number is too few, or undecided.
    if (!(effectiveDraws >= FEWEST_DRAWS)) {
      return TOO_FEW_DRAWS;
    }
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
    return Math.abs(nearer.square()) <= Distance.SIGNIFICANT * nearer.squareError()
        && left.square() + Distance.SIGNIFICANT * left.squareError() < NEGLIGIBLE * NEGLIGIBLE;
  }
}
