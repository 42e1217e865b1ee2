package finitewidth.data;

/** What is wrong with one row; its reader adds file, row and line. Without a stack trace: cheap. */
public class BadRow extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadRow(String message) {
    super(message, null, false, false);
  }
}
