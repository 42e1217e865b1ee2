package finitewidth.data;

import finitewidth.settings.Fault;
import org.jspecify.annotations.Nullable;

/** The data cannot be used; the message is one sentence naming file, row and column. */
public class DataException extends Fault {
  private static final long serialVersionUID = 1L;

  public DataException(String sentence) {
    super(sentence);
  }

  public DataException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
