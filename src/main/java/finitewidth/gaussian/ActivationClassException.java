package finitewidth.gaussian;

/** A class named as an activation cannot be used as one; the message is one sentence. */
public final class ActivationClassException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ActivationClassException(String message) {
    super(message);
  }
}
