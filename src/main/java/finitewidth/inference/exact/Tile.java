package finitewidth.inference.exact;

import java.io.Serializable;

/**
 * The quadruples i &lt; j &lt; k &lt; l with i in [i0, i1), j in [j0, j1) and (k, l) in a
 * rectangle.
 */
record Tile(int i0, int i1, int j0, int j1, Rectangle others) {

  /** The pairs k &lt; l with k in [k0, k1) and l in [l0, l1), k0 ≤ l0. */
  record Rectangle(int k0, int k1, int l0, int l1) implements Serializable {

    /** The first k of those above j. */
    int firstAbove(int j) {
      return Math.max(k0, j + 1);
    }

    /** How many k above j have an l. */
    long rows(int j) {
      return Math.max(0, Math.min(k1, l1 - 1) - firstAbove(j));
    }

    /** How many pairs have their k above j. */
    long pairs(int j) {
      int from = firstAbove(j);
      int to = Math.min(k1, l1 - 1);
      long whole = Math.max(0, Math.min(to, l0) - from);
      // Rows that begin right of l0: l1 − 1 − k moments.
      long first = l1 - 1 - Math.max(from, l0);
      long last = l1 - to;
      long cut = Math.max(0, to - Math.max(from, l0));
      return whole * (l1 - l0) + cut * (first + last) / 2;
    }
  }

  /** The number of quadruples. */
  long moments() {
    long count = 0;
    for (int j = j0; j < j1; j++) {
      count += below(j) * others.pairs(j);
    }
    return count;
  }

  /** The number of rows, triples (i, j, k) that have an l. */
  long rows() {
    long count = 0;
    for (int j = j0; j < j1; j++) {
      count += below(j) * others.rows(j);
    }
    return count;
  }

  /** How many i there are below j. */
  private long below(int j) {
    return Math.max(0, Math.min(i1, j) - i0);
  }
}
