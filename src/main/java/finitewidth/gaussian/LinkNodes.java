package finitewidth.gaussian;

/**
 * Nodes for ∫_0^1 G(w) dw, G analytic but for a cut from w* > 1 to infinity, for a ladder of w*.
 *
 * <p>Where w* is far, Gauss–Legendre in w. Where it is near, in u with 1 − w = (β sinh T u)², β² =
 * w* − 1 and T = asinh(1/β), which moves the cut to Im(T u) = ±π/2 as in {@link AngleNodes}. The
 * error falls as ρ^{−2n}, ρ being the half-axis sum of the largest ellipse about the interval (foci
 * at its ends, half length one) that the cut does not enter, so n follows; two nodes are added for
 * what the cut's strength and the substitution itself cost. Rung r stands for w* − 1 in [2^r,
 * 2^{r+1}). Immutable.
 */
final class LinkNodes {
  private static final int LOWEST = -30;
  private static final int HIGHEST = 24;

  /** The first rung without substitution. */
  private static final int FAR = 0;

  private final double[] rests;
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
    rests = new double[start[rungs]];
    roots = new double[start[rungs]];
    weights = new double[start[rungs]];
    for (int i = 0; i < rungs; i++) {
      GaussLegendre rule = GaussLegendre.of(start[i + 1] - start[i]);
      for (int j = start[i]; j < start[i + 1]; j++) {
        double u = rule.nodes()[j - start[i]];
        double weight = rule.weights()[j - start[i]];
        if (LOWEST + i >= FAR) {
          rests[j] = 1 - u;
          weights[j] = weight;
        } else {
          double beta = beta(LOWEST + i);
          double range = range(beta);
          double y = beta * Math.sinh(range * u);
          rests[j] = y * y;
          weights[j] = weight * 2 * y * range * Math.sqrt(beta * beta + y * y);
        }
        roots[j] = Math.sqrt(1 - rests[j]);
      }
    }
  }

  private static double beta(int rung) {
    return Math.sqrt(Math.scalb(1.0, rung));
  }

  /** asinh(1/β). */
  private static double range(double beta) {
    return Math.log(1 / beta + Math.sqrt(1 + 1 / (beta * beta)));
  }

  private static int count(int rung, double tolerance) {
    double digits = Math.min(Math.max(-Math.log10(tolerance), 2), 15);
    double halfAxis;
    if (rung >= FAR) {
      halfAxis = 1 + 2 * Math.scalb(1.0, rung);
    } else {
      double range = range(beta(rung));
      halfAxis = (Math.PI / 2 + Math.hypot(Math.PI / 2, range)) / range;
    }
    double digitsPerNode = 2 * Math.log10(halfAxis + Math.sqrt(halfAxis * halfAxis - 1));
    int spare = rung >= FAR ? 1 : 2;
    return Math.min(spare + (int) Math.ceil(digits / digitsPerNode), GaussLegendre.LARGEST);
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

  /** 1 − w. */
  double rest(int i) {
    return rests[i];
  }

  /** √w. */
  double root(int i) {
    return roots[i];
  }

  double weight(int i) {
    return weights[i];
  }
}
