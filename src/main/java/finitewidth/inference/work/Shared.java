package finitewidth.inference.work;

import java.io.Serializable;

/** A value that tasks share, sent to where they run at most once. */
public interface Shared<T> extends Serializable, AutoCloseable {

  /** The value, where the task runs. */
  T value();

  /** Gives up the value everywhere; it cannot be used any more. */
  @Override
  void close();
}
