package finitewidth.linalg;

/** A matrix that must be positive definite is not; the message names the matrix and the row. */
public final class NotPositiveDefiniteException extends NumericsException {
  private static final long serialVersionUID = 1L;

  public NotPositiveDefiniteException(String message) {
    super(message);
  }
}
