package finitewidth.prior.density;

/**
 * The density of a {@link LogFactor} anywhere in a range, at the cost of an exponential: its
 * logarithm, which is smooth, between tabulated values by polynomials of degree seven. The eighth
 * derivative is at most some hundred times the number of neurons, so that with a spacing of {@value
 * #SPACING} what the polynomials lack is below rounding.
 */
final class FactorTable {
  static final double SPACING = 0.01;

  /** Values of a polynomial. */
  private static final int POINTS = 8;

  /** 1/Π_{j≠i}(i − j). */
  private static final double[] WEIGHTS = weights();

  private final double lowest;
  private final double[] logarithms;

  /**
   * @param low where the range begins
   * @param high where it ends
   */
  FactorTable(LogFactor factor, double low, double high) {
    lowest = low - POINTS / 2 * SPACING;
    logarithms = new double[(int) Math.ceil((high - low) / SPACING) + POINTS + 1];
    for (int k = 0; k < logarithms.length; k++) {
      logarithms[k] = factor.logDensity(lowest + k * SPACING);
    }
  }

  private static double[] weights() {
    double[] weights = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      weights[i] = 1;
      for (int j = 0; j < POINTS; j++) {
        if (j != i) {
          weights[i] /= i - j;
        }
      }
    }
    return weights;
  }

  /**
   * The density at t.
   *
   * @param t in the range
   */
  double density(double t) {
    double place = (t - lowest) / SPACING;
    int first = (int) place - (POINTS / 2 - 1);
    double x = place - first;
    // Lagrange's form from products of the distances to the points before and after each.
    double sum = 0;
    double before = 1;
    for (int i = 0; i < POINTS; i++) {
      double after = 1;
      for (int j = i + 1; j < POINTS; j++) {
        after *= x - j;
      }
      sum += WEIGHTS[i] * before * after * logarithms[first + i];
      before *= x - i;
    }
    return Math.exp(sum);
  }
}
