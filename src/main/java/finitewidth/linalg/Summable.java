package finitewidth.linalg;

/** What can be added up along a {@link SumTree}. */
public interface Summable<T> {
  /** Adds the other to this, which may be reused for it, and returns the sum. */
  T add(T other);
}
