package finitewidth.prior;

import finitewidth.linalg.NumericsException;

/** Numbers that double precision cannot hold, or has lost all digits of. */
public final class RangeException extends NumericsException {
  private static final long serialVersionUID = 1L;

  public RangeException(String sentence) {
    super(sentence);
  }
}
