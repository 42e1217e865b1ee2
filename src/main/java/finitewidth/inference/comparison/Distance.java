package finitewidth.inference.comparison;

/**
 * How far a posterior is from the exact one, root mean square, freed from what the noise of the
 * exact one adds to squares.
 *
 * @param square the mean square, which noise may leave below zero
 * @param squareError its standard error
 * @param significant standard errors that a difference must be away from zero to count
 */
public record Distance(double square, double squareError, double significant) {
  /** Where errors are those of many independent numbers. */
  public static final double SIGNIFICANT = 2;

  /** With an error that is that of many independent numbers. */
  public Distance(double square, double squareError) {
    this(square, squareError, SIGNIFICANT);
  }

  /** The root; zero if the square is not positive. */
  public double value() {
    return Math.sqrt(Math.max(0, square));
  }

  /** The root's standard error; not a number if the square is not positive. */
  public double error() {
    return square > 0 ? squareError / (2 * Math.sqrt(square)) : Double.NaN;
  }

  /** What it is below, at as many standard errors as count. */
  public double bound() {
    return Math.sqrt(Math.max(0, square) + significant * squareError);
  }

  /** Whether it can be told from zero. */
  public boolean isResolved() {
    return square > significant * squareError;
  }
}
