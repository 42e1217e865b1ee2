package finitewidth.gaussian;

/**
 * Gauss–Legendre nodes for ∫_0^1 G(w) dw, G analytic but for a cut from w* > 1 to infinity, for a
 * ladder of w*.
 *
 * <p>The error falls as ρ^{−2n} with ρ = y + √(y² − 1), y = 2w* − 1 (the Bernstein ellipse through
 * w*), so n follows. Rung r stands for w* − 1 in [2^r, 2^{r+1}). Immutable.
 */
final class LinkNodes {
  private static final int LOWEST = -12;
  private static final int HIGHEST = 24;

  private final double[] nodes;
  private final double[] roots;
  private final double[] weights;
  private final int[] start;

  /**
   * @param tolerance error of the integral relative to the natural scale of the moment
   */
  LinkNodes(double tolerance) {
    int rungs = HIGHEST - LOWEST + 1;
    start = new int[rungs + 1];
    for (int i = 0; i < rungs; i++) {
      start[i + 1] = start[i] + count(LOWEST + i, tolerance);
    }
    nodes = new double[start[rungs]];
    roots = new double[start[rungs]];
    weights = new double[start[rungs]];
    for (int i = 0; i < rungs; i++) {
      GaussLegendre rule = GaussLegendre.of(start[i + 1] - start[i]);
      for (int j = start[i]; j < start[i + 1]; j++) {
        nodes[j] = rule.nodes()[j - start[i]];
        roots[j] = Math.sqrt(nodes[j]);
        weights[j] = rule.weights()[j - start[i]];
      }
    }
  }

  private static int count(int rung, double tolerance) {
    double digits = Math.min(Math.max(-Math.log10(tolerance), 2), 15);
    double y = 1 + 2 * Math.scalb(1.0, rung);
    double digitsPerNode = 2 * Math.log10(y + Math.sqrt(y * y - 1));
    return Math.min(1 + (int) Math.ceil(digits / digitsPerNode), GaussLegendre.LARGEST);
  }

  /** The rung for w* − 1. */
  static int rung(double excess) {
    return Math.min(Math.max(Math.getExponent(excess), LOWEST), HIGHEST) - LOWEST;
  }

  int from(int rung) {
    return start[rung];
  }

  int to(int rung) {
    return start[rung + 1];
  }

  /** Node w. */
  double node(int i) {
    return nodes[i];
  }

  /** √w. */
  double root(int i) {
    return roots[i];
  }

  double weight(int i) {
    return weights[i];
  }
}
