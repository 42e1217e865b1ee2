package finitewidth.gaussian.quadrature;

import finitewidth.gaussian.lanes.OrthantProbability;
import java.util.Arrays;

/**
 * Expectations G_pq = ⟨g_p(X − τ) g_q(Y − τ')⟩ of truncated powers of standard normals of
 * correlation r: g_p(x) = x^p/p! for x &gt; 0 and 0 below, g_{−1} = δ, and g_{p−1} the derivative
 * of g_p throughout.
 *
 * <p>G_00 is an orthant probability, G_{−1,q} = φ(τ) s^q I_q((τ' − rτ)/s) with s = √(1 − r²) and I
 * the iterated integrals of the normal density, and as x g_{p−1}(x) = p g_p(x), integration by
 * parts gives all others:
 *
 * <pre>
 * p G_{p,q} = G_{p−2,q} + r G_{p−1,q−1} − τ G_{p−1,q}.
 * </pre>
 *
 * Thresholds are not negative: G then is small where they are large. Reused; belongs to one thread.
 */
final class TruncatedPowers {
  /** Derivatives that are taken of either factor. */
  static final int LOWEST = -4;

  private static final int SHIFT = -LOWEST;
  private static final int SIZE = SHIFT + Kink.ORDERS;

  private final double[][] g = new double[SIZE][SIZE];
  private final double[] first = new double[SIZE];
  private final double[] second = new double[SIZE];

  /** G_pq as of the last call. */
  double get(int p, int q) {
    return g[p + SHIFT][q + SHIFT];
  }

  /**
   * Works out G_pq for p + q ≥ {@code lowest}.
   *
   * @param gap 1 − r, without cancellation
   * @param s √(1 − r²), above 0 unless {@code lowest} is 0
   * @param lowest 0, −2 or −4
   */
  void fill(double tau, double other, double r, double gap, double s, int lowest) {
    for (double[] row : g) {
      Arrays.fill(row, 0);
    }
    conditional(other - tau + tau * gap, s, lowest, first);
    conditional(tau - other + other * gap, s, lowest, second);
    double weight = OrthantProbability.density(tau);
    double otherWeight = OrthantProbability.density(other);
    int minus = SHIFT - 1;
    for (int i = 0; i < SIZE; i++) {
      g[minus][i] = weight * first[i];
      g[i][minus] = otherWeight * second[i];
    }
    g[SHIFT][SHIFT] = OrthantProbability.of(tau, other, r, s);
    for (int q = 1; q < Kink.ORDERS; q++) {
      set(0, q, (get(0, q - 2) + r * get(-1, q - 1) - other * get(0, q - 1)) / q);
    }
    for (int p = 1; p < Kink.ORDERS; p++) {
      for (int q = 0; q < Kink.ORDERS; q++) {
        set(p, q, (get(p - 2, q) + r * get(p - 1, q - 1) - tau * get(p - 1, q)) / p);
      }
    }
    for (int low = -2; low >= lowest; low--) {
      for (int q = lowest - low; q < Kink.ORDERS; q++) {
        if (q != -1) {
          int p = low + 2;
          set(low, q, p * get(p, q) + tau * get(p - 1, q) - r * get(p - 1, q - 1));
        }
      }
      for (int p = Math.max(0, lowest - low); p < Kink.ORDERS; p++) {
        int q = low + 2;
        set(p, low, q * get(p, q) + other * get(p, q - 1) - r * get(p - 1, q - 1));
      }
    }
  }

  private void set(int p, int q, double value) {
    g[p + SHIFT][q + SHIFT] = value;
  }

  /** s^q I_q(d/s), I_q(x) = ⟨g_q(Z − x)⟩. */
  private static void conditional(double d, double s, int lowest, double[] out) {
    Arrays.fill(out, 0);
    double x = s > 0 ? d / s : d == 0 ? 0 : Math.copySign(40, d);
    double density = OrthantProbability.density(x);
    out[SHIFT] = OrthantProbability.tail(x);
    out[SHIFT + 1] = s * density - d * out[SHIFT];
    for (int q = 2; q < Kink.ORDERS; q++) {
      out[SHIFT + q] = (s * s * out[SHIFT + q - 2] - d * out[SHIFT + q - 1]) / q;
    }
    if (lowest < 0) {
      out[SHIFT - 1] = density / s;
      for (int q = 0; q - 2 >= LOWEST; q--) {
        out[SHIFT + q - 2] = (q * out[SHIFT + q] + d * out[SHIFT + q - 1]) / (s * s);
      }
    }
  }

  /** I_q(x) = ⟨g_q(Z − x)⟩ for q = 0 … 4. */
  static double[] single(double x) {
    double[] all = new double[SIZE];
    conditional(x, 1, 0, all);
    return Arrays.copyOfRange(all, SHIFT, SIZE);
  }
}
