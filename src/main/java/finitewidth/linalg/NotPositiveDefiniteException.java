package finitewidth.linalg;

/** A symmetric matrix that must be positive definite is not, to working precision. */
public final class NotPositiveDefiniteException extends NumericsException {
  private static final long serialVersionUID = 1L;

  private final int row;

  /**
   * @param row the first row that depends linearly on those before it, from 0
   * @param message what is not positive definite, where, and what to change
   */
  public NotPositiveDefiniteException(int row, String message) {
    super(message);
    this.row = row;
  }

  /** The first row, from 0, that depends linearly on those before it. */
  public int row() {
    return row;
  }
}
