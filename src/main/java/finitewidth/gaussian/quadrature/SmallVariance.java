package finitewidth.gaussian.quadrature;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * σ(z) = Σ_j s_j z^j near zero, for fields too small for quadrature: a_2 ∝ k and a_4 ∝ k² would be
 * small differences of large values, while the power series has them to all digits, at k = 0 too.
 *
 * @param reach the series is σ for |z| up to this
 * @param coefficients s_j
 */
record SmallVariance(double reach, double[] coefficients) {
  private static final int TERMS = LegendrePanel.NODES;

  /** Deviations of the field that must be within reach. */
  private static final double DEVIATIONS = 13;

  private static final double WIDEST = 0.25;
  private static final double NARROWEST = 1e-6;

  /** Empty for a function with a kink at zero, or so near that it does not matter. */
  static Optional<SmallVariance> of(DoubleUnaryOperator f) {
    double[] values = new double[TERMS];
    for (double reach = WIDEST; reach > NARROWEST; reach *= 0.5) {
      LegendrePanel.fill(f, -reach, reach, values, 0);
      double largest = LegendrePanel.largest(values, 0);
      if (LegendrePanel.remainder(values, 0) <= KinkFinder.RESOLVED * largest) {
        double[] powers = LegendrePanel.powers(values);
        double scale = 1;
        for (int j = 0; j < TERMS; j++) {
          powers[j] /= scale;
          scale *= reach;
        }
        powers[0] = f.applyAsDouble(0);
        return Optional.of(new SmallVariance(reach, powers));
      }
    }
    return Optional.empty();
  }

  boolean covers(double variance) {
    return DEVIATIONS * Math.sqrt(variance) <= reach;
  }

  VarianceSeries at(double k) {
    double[] square = product(coefficients, coefficients);
    double[] cube = product(square, coefficients);
    HermiteSeries[] powers = {series(coefficients, k), series(square, k), series(cube, k)};
    double[] derivatives = new double[Kink.ORDERS];
    double factorial = 1;
    for (int j = 0; j < Kink.ORDERS; j++) {
      factorial *= Math.max(1, j);
      derivatives[j] = factorial * reduced(coefficients, j, k);
    }
    double mean = reduced(square, 0, k);
    double first = reduced(square, 2, k);
    double second = 6 * reduced(square, 4, k);
    return new VarianceSeries(k, Math.sqrt(k), powers, derivatives, mean, first, second, 0);
  }

  private static double[] product(double[] f, double[] g) {
    double[] product = new double[TERMS];
    for (int i = 0; i < TERMS; i++) {
      for (int j = 0; i + j < TERMS; j++) {
        product[i + j] += f[i] * g[j];
      }
    }
    return product;
  }

  private static HermiteSeries series(double[] f, double k) {
    double[] a = new double[TERMS + HermiteSeries.PADDING];
    double scale = 1;
    for (int n = 0; n < TERMS; n++) {
      a[n] = scale * reduced(f, n, k);
      scale *= Math.sqrt(k * (n + 1));
    }
    return new HermiteSeries(a, new double[0], new double[0], new int[0], new double[0][]);
  }

  /** ⟨f^(n)⟩/n! = Σ_m s_{n+2m} k^m (n + 2m)! / (2^m m! n!). */
  private static double reduced(double[] f, int n, double k) {
    double sum = 0;
    double weight = 1;
    for (int m = 0; n + 2 * m < TERMS; m++) {
      sum += f[n + 2 * m] * weight;
      double next = n + 2.0 * m;
      weight *= k * (next + 1) * (next + 2) / (2 * (m + 1));
    }
    return sum;
  }

  /** At variance zero of a function with a kink there: the two sides' mean. */
  static VarianceSeries atKink(double[] left, double[] right) {
    HermiteSeries[] powers = new HermiteSeries[3];
    double[] square = new double[Kink.ORDERS];
    double value = 0.5 * (left[0] + right[0]);
    for (int p = 0; p < powers.length; p++) {
      double[] a = new double[1 + HermiteSeries.PADDING];
      a[0] = Math.pow(value, p + 1.0);
      powers[p] = new HermiteSeries(a, new double[0], new double[0], new int[0], new double[0][]);
    }
    double[] mean = new double[Kink.ORDERS];
    Arrays.setAll(mean, p -> 0.5 * (left[p] + right[p]));
    double[] below = Kink.product(left, left);
    double[] above = Kink.product(right, right);
    Arrays.setAll(square, p -> 0.5 * (below[p] + above[p]));
    return new VarianceSeries(0, 0, powers, mean, square[0], square[2] / 2, square[4] / 4, 0);
  }
}
