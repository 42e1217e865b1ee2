package finitewidth.ml.rows;

import finitewidth.data.DataException;

/** Brings mistakes in the data that tasks have found to the driver as what they are. */
final class Faults {
  private Faults() {}

  /** The failure as it should be thrown. */
  static RuntimeException ofTask(Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataException fault) {
        return fault;
      }
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(thrown);
  }
}
