package finitewidth.model;

import finitewidth.data.DataException;

/** A saved model that cannot be read; the message says what is wrong with it. */
public final class ModelException extends DataException {
  private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }
}
