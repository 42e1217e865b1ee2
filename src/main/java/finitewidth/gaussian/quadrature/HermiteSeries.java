package finitewidth.gaussian.quadrature;

import finitewidth.gaussian.lanes.OrthantProbability;
import java.util.Arrays;
import java.util.List;

/**
 * A function f of a field of variance k by its Hermite coefficients a_n = ⟨f(√k h) He_n(h)⟩/√n!, n
 * &lt; N, h ~ N(0, 1); and, where f has kinks, by the truncated powers of h that have the same
 * jumps, with their coefficients κ_n, which a_n tends to for large n.
 *
 * @param a a_n, then four zeros
 * @param kappa κ_n, likewise; empty for a function without kinks
 * @param thresholds |τ| of the kinks at h = τ
 * @param signs of τ
 * @param weights [kink][p]: of g_p(sign·h − |τ|), see {@link TruncatedPowers}
 */
record HermiteSeries(
    double[] a, double[] kappa, double[] thresholds, int[] signs, double[][] weights) {
  /** Zeros after coefficients, which derivatives reach into. */
  static final int PADDING = 4;

  /** Kinks beyond this many deviations weigh nothing. */
  private static final double FARTHEST = 9;

  /** Only so many kinks, the nearest to zero, get truncated powers. */
  private static final int MOST_KINKS = 8;

  /** N. */
  int order() {
    return a.length - PADDING;
  }

  boolean smooth() {
    return weights.length == 0;
  }

  /**
   * @param a N coefficients
   * @param power f is the power-th power of σ
   */
  static HermiteSeries of(double[] a, List<Kink> kinks, int power, double root) {
    List<Kink> near =
        kinks.stream()
            .filter(kink -> Math.abs(kink.at()) <= FARTHEST * root)
            .filter(kink -> Arrays.stream(kink.jumps()[power - 1]).anyMatch(jump -> jump != 0))
            .sorted((x, y) -> Double.compare(Math.abs(x.at()), Math.abs(y.at())))
            .limit(MOST_KINKS)
            .toList();
    int count = near.size();
    double[] thresholds = new double[count];
    int[] signs = new int[count];
    double[][] weights = new double[count][Kink.ORDERS];
    for (int i = 0; i < count; i++) {
      double at = near.get(i).at();
      thresholds[i] = Math.abs(at) / root;
      signs[i] = at < 0 ? -1 : 1;
      double scale = 1;
      for (int p = 0; p < Kink.ORDERS; p++) {
        double turn = signs[i] < 0 && p % 2 == 0 ? -1 : 1;
        weights[i][p] = turn * scale * near.get(i).jumps()[power - 1][p];
        scale *= root;
      }
    }
    double[] kappa = count == 0 ? new double[0] : new double[a.length + PADDING];
    for (int i = 0; i < count; i++) {
      addPowers(kappa, a.length, thresholds[i], signs[i], weights[i]);
    }
    return new HermiteSeries(
        Arrays.copyOf(a, a.length + PADDING), kappa, thresholds, signs, weights);
  }

  /** The coefficients of g_p(h − τ) are I_{p−n}(τ)/√n!, with I_{−1−m} = He_m φ. */
  private static void addPowers(double[] kappa, int order, double tau, int sign, double[] weights) {
    double[] integrals = TruncatedPowers.single(tau);
    double density = OrthantProbability.density(tau);
    double[] hermite = new double[order];
    double before = 0;
    double now = 1;
    for (int m = 0; m < order; m++) {
      hermite[m] = now;
      double next = (tau * now - Math.sqrt(m) * before) / Math.sqrt(m + 1);
      before = now;
      now = next;
    }
    double factorial = 1;
    for (int n = 0; n < order; n++) {
      factorial *= Math.max(1, n);
      double sum = 0;
      for (int p = 0; p < Kink.ORDERS; p++) {
        if (weights[p] != 0) {
          int m = n - p - 1;
          sum +=
              weights[p]
                  * (m < 0
                      ? integrals[p - n] / Math.sqrt(factorial)
                      : density * hermite[m] / rootOfProduct(m + 1, n));
        }
      }
      kappa[n] += (sign < 0 && n % 2 == 1 ? -1 : 1) * sum;
    }
  }

  private static double rootOfProduct(int from, int to) {
    double product = 1;
    for (int j = from; j <= to; j++) {
      product *= j;
    }
    return Math.sqrt(product);
  }

  /**
   * Without the coefficients at the end that Σ n² a_n² does not notice; by so much that their
   * products with large coefficients of another variance do not count either.
   */
  HermiteSeries trimmed() {
    if (!smooth()) {
      return this;
    }
    double total = 0;
    for (int n = 0; n < order(); n++) {
      total += (1 + (double) n * n) * a[n] * a[n];
    }
    int kept = order();
    double rest = 0;
    while (kept > 1) {
      double n = kept - 1;
      rest += (1 + n * n) * a[kept - 1] * a[kept - 1];
      if (rest > 1e-22 * total) {
        break;
      }
      kept--;
    }
    double[] shorter = Arrays.copyOf(Arrays.copyOf(a, kept), kept + PADDING);
    return new HermiteSeries(shorter, kappa, thresholds, signs, weights);
  }
}
