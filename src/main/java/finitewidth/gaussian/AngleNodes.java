package finitewidth.gaussian;

/**
 * Nodes for ∫_0^1 of a function of x whose singularities stand on the imaginary axis at distance β
 * or more, for a ladder of β.
 *
 * <p>Gauss–Legendre after x = β sinh(T u), T = asinh(1/β), which moves all such singularities to
 * the line Im(T u) = π/2. So the number of nodes grows only with T, that is with log 1/β. Rung r
 * stands for β² in [2^r, 2^{r+1}).
 *
 * <p>Immutable.
 */
final class AngleNodes {
  /** Layers thinner than this hold too little to matter. */
  static final int LOWEST = -40;

  /** From here on the integrand is as good as constant. */
  static final int HIGHEST = 8;

  private final double[] nodes;
  private final double[] weights;
  private final int[] start;

  /**
   * @param tolerance largest error of the orthant probability that the nodes serve
   */
  AngleNodes(double tolerance) {
    int rungs = HIGHEST - LOWEST + 1;
    start = new int[rungs + 1];
    for (int i = 0; i < rungs; i++) {
      start[i + 1] = start[i] + count(LOWEST + i, tolerance);
    }
    nodes = new double[start[rungs]];
    weights = new double[start[rungs]];
    for (int i = 0; i < rungs; i++) {
      GaussLegendre rule = GaussLegendre.of(start[i + 1] - start[i]);
      double beta = Math.sqrt(Math.scalb(1.0, LOWEST + i));
      double range = Math.log(1 / beta + Math.sqrt(1 + 1 / (beta * beta)));
      for (int j = start[i]; j < start[i + 1]; j++) {
        double u = range * rule.nodes()[j - start[i]];
        nodes[j] = beta * Math.sinh(u);
        weights[j] = beta * range * Math.cosh(u) * rule.weights()[j - start[i]];
      }
    }
  }

  /** How many nodes rung r needs for a tolerance between 1e-3 and 1e-13. */
  static int count(int rung, double tolerance) {
    double digits = Math.min(Math.max(-Math.log10(tolerance), 3), 13.5);
    double perDigit =
        rung >= -2
            ? Math.max(0.25, 0.65 - 0.13 * (rung + 2))
            : rung >= -7 ? 0.65 + 0.2 * (-2 - rung) : 1.65;
    return 2 + (int) Math.ceil(perDigit * digits);
  }

  /** The rung for β². */
  static int rung(double betaSquared) {
    return Math.min(Math.max(Math.getExponent(betaSquared), LOWEST), HIGHEST) - LOWEST;
  }

  int from(int rung) {
    return start[rung];
  }

  int to(int rung) {
    return start[rung + 1];
  }

  double node(int i) {
    return nodes[i];
  }

  double weight(int i) {
    return weights[i];
  }
}
