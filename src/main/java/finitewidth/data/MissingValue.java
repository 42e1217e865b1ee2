package finitewidth.data;

/** A number, class or vector that is not there, or not finite. */
public final class MissingValue extends BadRow {
  private static final long serialVersionUID = 1L;

  public MissingValue(String message) {
    super(message);
  }
}
