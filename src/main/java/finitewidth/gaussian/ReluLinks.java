package finitewidth.gaussian;

/**
 * Three standardised points a, b, c of a ReLU four-point moment, factorised once for all fourth
 * points d: the numbers that {@link ReluKernel} wants of them, for each of the three ways to name
 * them p, q and x, x being the one whose link to d is integrated over.
 */
final class ReluLinks {
  /** Names (p, q | x): (a, b | c), (a, c | b) and (b, c | a). */
  static final int COUNT = 3;

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

  /** det L = q2 x3. */
  static final int VOLUME = 16;

  static final int SIZE = 17;

  /** [number][link]. */
  private final double[] numbers = new double[SIZE * COUNT];

  /** Factorises the correlations of a, b and c in all three ways. */
  void set(double ab, double ac, double bc) {
    set(0, ab, ac, bc);
    set(1, ac, ab, bc);
    set(2, bc, ab, ac);
  }

  /** Number {@code which}, one of the constants above, for link 0, 1 or 2. */
  double get(int which, int link) {
    return numbers[which * COUNT + link];
  }

  private void set(int link, double pq, double px, double qx) {
    double q2 = Math.sqrt(Math.max((1 - pq) * (1 + pq), ReluKernel.SMALLEST_PIVOT));
    double inverseQ2 = 1 / q2;
    double x2 = (qx - px * pq) * inverseQ2;
    double rest = (1 - px) * (1 + px);
    double x3 = Math.sqrt(Math.max(rest - x2 * x2, ReluKernel.SMALLEST_PIVOT));
    double inverseX3 = 1 / x3;
    double tail = x3 * x3;
    double minus = square(pq - px) + square(q2 - x2) + tail;
    double plus = square(pq + px) + square(q2 + x2) + tail;
    double pxCos = Math.sqrt(x2 * x2 + tail);
    double qxCos = 0.5 * Math.sqrt(minus * plus);
    double inverse10 = -pq * inverseQ2;
    double inverse21 = -x2 * inverseQ2 * inverseX3;
    double inverse20 = -(px + x2 * inverse10) * inverseX3;
    put(PQ, link, pq);
    put(PX, link, px);
    put(QX, link, qx);
    put(Q2, link, q2);
    put(X2, link, x2);
    put(X3, link, x3);
    put(INVERSE_Q2, link, inverseQ2);
    put(INVERSE_X3, link, inverseX3);
    put(PRECISION_PQ, link, inverse10 * inverseQ2 + inverse20 * inverse21);
    put(PRECISION_PX, link, inverse20 * inverseX3);
    put(PRECISION_QX, link, inverse21 * inverseX3);
    put(PX_COS, link, pxCos);
    put(QX_COS, link, qxCos);
    put(PQ_ARC, link, FastAtan.arcsine(pq, q2));
    put(PX_ARC, link, FastAtan.arcsine(px, pxCos));
    put(QX_ARC, link, FastAtan.arcsine(qx, qxCos));
    put(VOLUME, link, q2 * x3);
  }

  private void put(int which, int link, double value) {
    numbers[which * COUNT + link] = value;
  }

  private static double square(double x) {
    return x * x;
  }
}
