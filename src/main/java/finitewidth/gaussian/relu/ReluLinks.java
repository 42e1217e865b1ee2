package finitewidth.gaussian.relu;

/**
 * Triples of standardised points a, b, c of ReLU four-point moments, for many c: what {@link
 * ReluLoops} wants of each, for each of the three ways to name the points p, q and x, x being the
 * one whose link to d is integrated over.
 *
 * <p>A row for every number and link, an element for every c.
 */
final class ReluLinks {
  /** Names (p, q | x): (a, b | c), (a, c | b) and (b, c | a). */
  static final int COUNT = 3;

  /** Third points that are factorised together. */
  static final int CAPACITY = 32;

  /** The last vector may reach beyond. */
  static final int STRIDE = CAPACITY + 8;

  /** Correlations. */
  static final int PQ = 0;

  static final int PX = 1;
  static final int QX = 2;

  /** Rows q = (pq, q2) and x = (px, x2, x3) of the Cholesky factor L; p is (1). q2 = √d_pq. */
  static final int Q2 = 3;

  static final int X2 = 4;
  static final int X3 = 5;

  /** Reciprocals of the pivots q2 and x3. */
  static final int INVERSE_Q2 = 6;

  static final int INVERSE_X3 = 7;

  /** Off-diagonal elements of the inverse of the 3×3 correlation matrix. */
  static final int PRECISION_PQ = 8;

  static final int PRECISION_PX = 9;
  static final int PRECISION_QX = 10;

  /** √d. */
  static final int PX_COS = 11;

  static final int QX_COS = 12;

  /** asin r. */
  static final int PQ_ARC = 13;

  static final int PX_ARC = 14;
  static final int QX_ARC = 15;

  /** A multiple of four. */
  static final int SIZE = 16;

  private final double[] table = new double[SIZE * COUNT * STRIDE];

  /** Where a number of a link starts. */
  static int row(int which, int link) {
    return (which * COUNT + link) * STRIDE;
  }

  double[] table() {
    return table;
  }

  /** Number {@code which}, one of the constants above, for link 0, 1 or 2 and third point c. */
  double get(int which, int link, int c) {
    return table[row(which, link) + c];
  }

  /**
   * Factorises the correlations of a, b and {@code count} ≤ CAPACITY points c in all three ways.
   *
   * @param r correlations; those of a and b with the first c stand at {@code ac} and {@code bc}
   */
  void set(ReluLinkLoops loops, double ab, double[] r, int ac, int bc, int count) {
    name(ab, r, ac, bc, count);
    loops.factorLinks(table, count);
  }

  /** Fills PQ, PX and QX of all links. */
  private void name(double ab, double[] r, int ac, int bc, int count) {
    for (int c = 0; c < count; c++) {
      table[row(PQ, 0) + c] = ab;
      table[row(PX, 1) + c] = ab;
      table[row(PX, 2) + c] = ab;
    }
    System.arraycopy(r, ac, table, row(PX, 0), count);
    System.arraycopy(r, ac, table, row(PQ, 1), count);
    System.arraycopy(r, ac, table, row(QX, 2), count);
    System.arraycopy(r, bc, table, row(QX, 0), count);
    System.arraycopy(r, bc, table, row(QX, 1), count);
    System.arraycopy(r, bc, table, row(PQ, 2), count);
  }
}
