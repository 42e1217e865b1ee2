package finitewidth.data;

/** What is wrong with one row; its reader adds file, row and line. Without a stack trace: cheap. */
public class BadRow extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RowFault.Kind kind;

  public BadRow(String message) {
    this(RowFault.Kind.PLAIN, message);
  }

  public BadRow(RowFault.Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public RowFault.Kind kind() {
    return kind;
  }
}
