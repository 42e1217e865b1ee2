package finitewidth.linalg;

/** Numbers the unordered pairs {a, b}, a = b included, of N points: the packed lower triangle. */
public final class PairIndex {
  private PairIndex() {}

  /** N(N+1)/2. */
  public static int count(int n) {
    return Math.toIntExact((long) n * (n + 1) / 2);
  }

  /** The number of the pair {a, b}; pairs with larger points come later. */
  public static int of(int a, int b) {
    return a >= b ? a * (a + 1) / 2 + b : b * (b + 1) / 2 + a;
  }
}
