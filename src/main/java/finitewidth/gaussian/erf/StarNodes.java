package finitewidth.gaussian.erf;

import finitewidth.gaussian.lanes.GaussLegendre;

/**
 * Nodes for ∫_0^1 G(ξ) dξ where G is even and, as a function of Tξ, analytic in the open unit disc,
 * 0 ≤ T &lt; 1; as few as T allows.
 *
 * <p>The positive half of a Gauss–Legendre rule of 2n nodes integrates an even function over [0, 1]
 * to q^n, if the function is analytic in the ellipse with foci ±1 and half-axis sum q^{−1/4}. Of
 * the maps from that ellipse to the unit disc, z ↦ √k sn((2K/π) asin z) with q for its nome takes
 * ±1 to ±√k (G. Szegő, <i>Conformal mapping of the interior of an ellipse onto a circle</i>, 1950).
 * So each n goes with one q, by the tolerance, and serves all T² ≤ k.
 *
 * <p>Belongs to one thread: rules are made when they are first asked for.
 */
final class StarNodes {
  /** One node would be enough only where variances are not small. */
  private static final int FEWEST = 2;

  /** Of theta series: q is below 0.6. */
  private static final int TERMS = 9;

  /**
   * The error is q^n times up to 7 of the moment's natural scale. Measured at tolerances from 1e-3
   * to 1e-12 on 3000 quadruples of each of: standardised concrete and digits data (first, second
   * and fourth layer, weight variance 1, 5 and 100), random inputs of 2, 3, 4 and 10 dimensions and
   * variances of 0.01 to 1e4, kernels of correlation 0.9 to 0.999, merging and opposite points.
   */
  private static final double MARGIN = 10;

  /** Of T² / (1 − T²), eight cells to the octave. */
  private static final int SHIFT = 49;

  private static final int LOWEST_EXPONENT = -16;
  private static final int HIGHEST_EXPONENT = 20;
  private static final int LOWEST_CELL = cell(Math.scalb(1.0, LOWEST_EXPONENT));
  private static final int CELLS = cell(Math.scalb(1.0, HIGHEST_EXPONENT)) - LOWEST_CELL;

  /** The nome of each number of nodes. */
  private final double[] nomes = new double[GaussLegendre.LARGEST / 2 + 1];

  private final byte[] count = new byte[CELLS];
  private final Rule[] rules = new Rule[nomes.length];

  /**
   * n nodes, each with ξ², 1 − ξ² and its weight.
   *
   * @param squares not to be written to
   * @param rests not to be written to
   * @param weights not to be written to
   */
  record Rule(double[] squares, double[] rests, double[] weights) {
    int size() {
      return weights.length;
    }
  }

  /**
   * @param tolerance error of the integral relative to the natural scale of the moment
   */
  StarNodes(double tolerance) {
    double error = Math.min(Math.max(tolerance, 1e-15), 1e-2) / MARGIN;
    int n = FEWEST;
    nomes[n] = Math.pow(error, 1.0 / n);
    double reach = reach(nomes[n]);
    for (int i = 0; i < CELLS; i++) {
      // Up to the upper end of the cell.
      double needed = Double.longBitsToDouble((long) (LOWEST_CELL + i + 1) << SHIFT);
      while (needed > reach && n + 1 < nomes.length) {
        n++;
        nomes[n] = Math.pow(error, 1.0 / n);
        reach = reach(nomes[n]);
      }
      count[i] = (byte) n;
    }
  }

  private static int cell(double reach) {
    return (int) (Double.doubleToRawLongBits(reach) >> SHIFT);
  }

  /**
   * How many nodes are enough.
   *
   * @param reach T² / (1 − T²)
   */
  int count(double reach) {
    // The shift keeps the sign that rounding may have given.
    int cell = (int) (Double.doubleToRawLongBits(reach) >> SHIFT) - LOWEST_CELL;
    return count[Math.min(Math.max(cell, 0), CELLS - 1)];
  }

  /** The largest {@link #count}. */
  int largest() {
    return count[CELLS - 1];
  }

  Rule rule(int n) {
    if (rules[n] == null) {
      rules[n] = make(n, nomes[n]);
    }
    return rules[n];
  }

  /** k / (1 − k), √k = ϑ₂/ϑ₃ and √k' = ϑ₄/ϑ₃ at zero. */
  private static double reach(double q) {
    double theta2 = 0;
    double theta3 = 0.5;
    double theta4 = 0.5;
    double sign = 1;
    // q^(j²) and q^((j + ½)²) by recursion.
    double odd = q;
    double square = 1;
    double half = Math.sqrt(Math.sqrt(q));
    for (int j = 0; j < TERMS; j++) {
      theta2 += half;
      half *= odd * q;
      square *= odd;
      odd *= q * q;
      sign = -sign;
      theta3 += square;
      theta4 += sign * square;
    }
    double k = theta2 * theta2 / (theta3 * theta3);
    double other = theta4 * theta4 / (theta3 * theta3);
    // 1 − k = k'² / (1 + k).
    return k * (1 + k) / (other * other);
  }

  private static Rule make(int n, double q) {
    GaussLegendre rule = GaussLegendre.of(2 * n);
    double[] squares = new double[n];
    double[] rests = new double[n];
    double[] weights = new double[n];
    double theta2 = theta2(0, q);
    double theta3 = theta3(0, q);
    double theta4 = theta4(0, q);
    for (int i = 0; i < n; i++) {
      double fromEnd = 2 * rule.nodes()[n - 1 - i];
      double z = 1 - fromEnd;
      double cosine = Math.sqrt(fromEnd * (1 + z));
      double angle = Math.atan2(z, cosine);
      double below = theta4(angle, q);
      double sn = theta3 * theta1(angle, q) / (theta2 * below);
      double cn = theta4 * theta2(angle, q) / (theta2 * below);
      double dn = theta4 * theta3(angle, q) / (theta3 * below);
      squares[i] = sn * sn;
      rests[i] = cn * cn;
      weights[i] = 2 * rule.weights()[n + i] * theta3 * theta3 * cn * dn / cosine;
    }
    return new Rule(squares, rests, weights);
  }

  // Jacobi's theta functions.

  private static double theta1(double z, double q) {
    double sum = 0;
    for (int j = TERMS - 1; j >= 0; j--) {
      double term = Math.pow(q, (j + 0.5) * (j + 0.5)) * Math.sin((2 * j + 1) * z);
      sum += j % 2 == 0 ? term : -term;
    }
    return 2 * sum;
  }

  private static double theta2(double z, double q) {
    double sum = 0;
    for (int j = TERMS - 1; j >= 0; j--) {
      sum += Math.pow(q, (j + 0.5) * (j + 0.5)) * Math.cos((2 * j + 1) * z);
    }
    return 2 * sum;
  }

  private static double theta3(double z, double q) {
    double sum = 0;
    for (int j = TERMS - 1; j >= 1; j--) {
      sum += Math.pow(q, j * j) * Math.cos(2 * j * z);
    }
    return 1 + 2 * sum;
  }

  private static double theta4(double z, double q) {
    double sum = 0;
    for (int j = TERMS - 1; j >= 1; j--) {
      double term = Math.pow(q, j * j) * Math.cos(2 * j * z);
      sum += j % 2 == 0 ? term : -term;
    }
    return 1 + 2 * sum;
  }
}
