package finitewidth.linalg;

import finitewidth.settings.Fault;

/**
 * The numbers do not admit what was asked of them; the message is one sentence that says where and
 * what would help.
 */
public class NumericsException extends Fault {
  private static final long serialVersionUID = 1L;

  public NumericsException(String sentence) {
    super(sentence);
  }
}
