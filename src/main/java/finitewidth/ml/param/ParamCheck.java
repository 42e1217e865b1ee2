package finitewidth.ml.param;

import java.io.Serializable;
import java.util.function.Predicate;
import scala.runtime.AbstractFunction1;

/** Whether a Param may have a value: a predicate that Scala and Java serialisation both take. */
final class ParamCheck<T> extends AbstractFunction1<T, Object> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Validity<T> valid;

  private ParamCheck(Validity<T> valid) {
    this.valid = valid;
  }

  /** A predicate that can be serialised. */
  interface Validity<T> extends Predicate<T>, Serializable {}

  static <T> ParamCheck<T> of(Validity<T> valid) {
    return new ParamCheck<>(valid);
  }

  @Override
  public Object apply(T value) {
    return valid.test(value);
  }
}
