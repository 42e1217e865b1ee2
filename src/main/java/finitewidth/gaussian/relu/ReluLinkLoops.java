package finitewidth.gaussian.relu;

/**
 * Which of three ways to name the points p, q and x is the easiest for a moment, and the numbers
 * that go with it.
 */
sealed interface ReluLinkLoops permits ScalarReluLinkLoops, VectorReluLinkLoops {
  /**
   * All numbers of {@link ReluLinks} from the correlations PQ, PX and QX.
   *
   * @param table rows of ReluLinks
   */
  void factorLinks(double[] table, int count);

  /**
   * How easy the integral is, from the better end: β² of {@link AngleNodes} as a quotient.
   *
   * <p>As functions of r_xd, φ_xd and √d_xd are singular at ±1 and where r_xd leaves the range that
   * p alone, or q alone, would leave to it, all beyond the ends. Seen from an end, and in units of
   * the way from there to r_xd, the nearest singularity decides; a quarter of the way left to the
   * other end is allowed for the singularities there.
   *
   * @param w slots; elements [at, at + count) of GAP and WAY are written for this link
   * @param link 0, 1 or 2
   * @param third which c of the links
   * @param r correlations; those of d with p, q and x start at {@code p}, {@code q} and {@code x}
   * @param cosine √(1 − r²), laid out like r
   */
  void choose(
      double[] w,
      int at,
      int count,
      ReluLinks links,
      int link,
      int third,
      double[] r,
      double[] cosine,
      int p,
      int q,
      int x);

  /**
   * Chooses each moment's easiest link and writes LINK, SIDE, RP, RQ, RX, SCALE and β².
   *
   * @param r correlations; those of d with a, b and c start at {@code a}, {@code b} and {@code c}
   * @param size √K_dd, from {@code d} on
   * @param scale √(K_aa K_bb K_cc)
   * @param beta receives β², from {@code to} on
   */
  void select(
      double[] w,
      int at,
      int count,
      double[] r,
      int a,
      int b,
      int c,
      double[] size,
      int d,
      double scale,
      double[] beta,
      int to);

  /** Writes the numbers of each moment's link; {@code third} says which c. */
  void spreadLinks(double[] w, int at, int count, ReluLinks links, int third);
}
