package finitewidth.linalg;

/**
 * The numbers do not admit what was asked of them; the message is one sentence that says where and
 * what would help.
 */
public class NumericsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NumericsException(String message) {
    super(message);
  }
}
