package finitewidth.job.run;

/** Memory cannot suffice, or has not; the message is one sentence naming how much would. */
public final class MemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MemoryException(String message) {
    super(message);
  }
}
