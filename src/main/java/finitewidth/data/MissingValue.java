package finitewidth.data;

/** A number, class or vector that is not there, or not finite. */
final class MissingValue extends BadRow {
  private static final long serialVersionUID = 1L;

  MissingValue(String message) {
    super(message);
  }
}
