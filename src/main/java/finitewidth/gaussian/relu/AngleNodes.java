package finitewidth.gaussian.relu;

import finitewidth.gaussian.lanes.GaussLegendre;
import java.util.function.IntUnaryOperator;

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

  static final int RUNGS = HIGHEST - LOWEST + 1;

  private static final int FIRST_RUNG = -8;

  /**
   * From rung −8 to rung 8. Measured: at every tolerance from 1e-3 to 1e-13 twice the accuracy was
   * reached by this many nodes on each of 150,000 quadruples, of standardised concrete and digits
   * data (first, second and fourth layer, with and without bias), random inputs of 2, 4 and 50
   * dimensions, kernels of correlation 0.9 to 0.999, and merging, opposite and dependent points at
   * distances from 1 to 1e-8. Their mean there is 9 nodes for 1e-9, 11 for 1e-12.
   */
  private static final double[] NODES_PER_DIGIT = {
    2.1, 1.75, 1.5, 1.25, 1.05, 0.83, 0.68, 0.58, 0.5, 0.42, 0.35, 0.31, 0.28, 0.25, 0.22, 0.2, 0.17
  };

  private final double[] nodes;
  private final double[] weights;
  private final int[] start;

  /**
   * @param tolerance largest error of the moment relative to its natural scale
   */
  AngleNodes(double tolerance) {
    this(rung -> count(rung, tolerance));
  }

  /** Nodes by another rule, to measure the rule against. */
  AngleNodes(IntUnaryOperator counts) {
    start = new int[RUNGS + 1];
    for (int i = 0; i < RUNGS; i++) {
      start[i + 1] = start[i] + counts.applyAsInt(LOWEST + i);
    }
    nodes = new double[start[RUNGS]];
    weights = new double[start[RUNGS]];
    for (int i = 0; i < RUNGS; i++) {
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

  /** Nodes for a rung: one, and so many for each digit of the tolerance. */
  private static int count(int rung, double tolerance) {
    double digits = Math.min(Math.max(-Math.log10(tolerance), 3), 14);
    double perDigit = rung < -20 ? 2.6 : NODES_PER_DIGIT[Math.max(rung - FIRST_RUNG, 0)];
    return 1 + (int) Math.ceil(perDigit * digits);
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

  /** All nodes, rung after rung; not to be written to. */
  double[] nodes() {
    return nodes;
  }

  /** All weights; not to be written to. */
  double[] weights() {
    return weights;
  }
}
