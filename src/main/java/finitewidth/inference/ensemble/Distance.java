package finitewidth.inference.ensemble;

/**
 * How far a posterior is from the exact one, root mean square, freed from what the noise of draws
 * adds to squares.
 *
 * @param square the mean square, which noise may leave below zero
 * @param squareError its standard error
 */
public record Distance(double square, double squareError) {
  /** Standard errors that a difference must be away from zero to count. */
  static final double SIGNIFICANT = 2;

  /** The root; zero if the square is not positive. */
  public double value() {
    return Math.sqrt(Math.max(0, square));
  }

  /** The root's standard error; not a number if the square is not positive. */
  public double error() {
    return square > 0 ? squareError / (2 * Math.sqrt(square)) : Double.NaN;
  }

  /** What it is below, at two standard errors. */
  public double bound() {
    return Math.sqrt(Math.max(0, square) + SIGNIFICANT * squareError);
  }

  /** Whether it can be told from zero. */
  public boolean isResolved() {
    return square > SIGNIFICANT * squareError;
  }
}
