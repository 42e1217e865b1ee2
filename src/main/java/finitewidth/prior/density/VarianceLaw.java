package finitewidth.prior.density;

import java.util.Optional;

/**
 * The law of the variance v that a layer's preactivations have given the layers below, v = C_b +
 * e^u: a density of u on a uniform grid, and a point v = C_b of some weight.
 *
 * <p>One layer on, v' = C_b' + s e^t v with t of a {@link LogFactor}, so that u' = log(s v) + t.
 * Integrals over u are sums over the grid, which for analytic densities err by e^−2πd/step with d
 * the half-width of the strip in which they are analytic, here π/2: to all digits. All terms are
 * positive, so tails keep theirs too.
 */
final class VarianceLaw {
  private final double step;
  private final double bias;

  /** u of the grid's first point. */
  private final double lowest;

  /** Density of u. */
  private final double[] density;

  /** Weight of the point. */
  private final double point;

  private VarianceLaw(double step, double bias, double lowest, double[] density, double point) {
    this.step = step;
    this.bias = bias;
    this.lowest = lowest;
    this.density = density;
    this.point = point;
  }

  /** A variance that is known. */
  static VarianceLaw known(double variance, double step) {
    return new VarianceLaw(step, variance, 0, new double[0], 1);
  }

  /**
   * The next layer's.
   *
   * @param scale s, the weight variance times ⟨σ²⟩ of a standard normal
   * @param nextBias C_b'
   */
  VarianceLaw next(LogFactor factor, double scale, double nextBias) {
    if (density.length == 0 && bias == 0) {
      return known(nextBias, step);
    }
    double low = factor.lowest();
    double high = factor.highest();
    int n = density.length;
    double[] from = new double[n];
    for (int i = 0; i < n; i++) {
      from[i] = Math.log(scale) + (bias > 0 ? Math.log(variance(i)) : u(i));
    }
    boolean live = bias > 0 && point > 0;
    double atPoint = Math.log(scale * bias);
    double first = n == 0 ? atPoint : bias > 0 ? atPoint : from[0] - LogFactor.DEEPEST;
    double begin = first + LogFactor.DEEPEST;
    double end = Math.max(n == 0 ? atPoint : from[n - 1], live ? atPoint : begin) + high;
    double[] next = new double[Math.max(0, (int) Math.ceil((end - begin) / step)) + 1];
    double[] table = bias > 0 ? new double[0] : table(factor, low, high);
    // Where a bias bends the grid, every pair of places is at another distance.
    Optional<FactorTable> between =
        bias > 0 ? Optional.of(new FactorTable(factor, low, high)) : Optional.empty();
    int offset = (int) Math.ceil(low / step);
    int least = 0;
    for (int j = 0; j < next.length; j++) {
      double u = begin + j * step;
      double sum = 0;
      if (between.isPresent()) {
        FactorTable densities = between.get();
        while (least < n && u - from[least] > high) {
          least++;
        }
        for (int i = least; i < n && u - from[i] >= low; i++) {
          if (density[i] > LogFactor.NOTHING) {
            sum += density[i] * densities.density(u - from[i]);
          }
        }
      } else {
        // Both grids begin at the same place, but for the scale.
        int most = Math.min(n - 1, j - offset);
        for (int i = Math.max(0, j - offset - table.length + 1); i <= most; i++) {
          sum += density[i] * table[j - i - offset];
        }
      }
      sum *= step;
      double t = u - atPoint;
      next[j] = live && t >= low && t <= high ? sum + point * factor.density(t) : sum;
    }
    double silent = bias > 0 ? factor.silent() : point + (1 - point) * factor.silent();
    return new VarianceLaw(step, nextBias, begin, next, silent);
  }

  private double[] table(LogFactor factor, double low, double high) {
    int from = (int) Math.ceil(low / step);
    int to = (int) Math.floor(high / step);
    double[] table = new double[to - from + 1];
    for (int k = 0; k < table.length; k++) {
      table[k] = factor.density((from + k) * step);
    }
    return table;
  }

  private double u(int i) {
    return lowest + i * step;
  }

  private double variance(int i) {
    return bias + Math.exp(u(i));
  }

  /** The density of N(0, v) at h; the point counts if its variance is not zero. */
  double normal(double h) {
    double sum = 0;
    for (int i = 0; i < density.length; i++) {
      if (density[i] > LogFactor.NOTHING) {
        sum += density[i] * normal(h, variance(i));
      }
    }
    return step * sum + (bias > 0 && point > 0 ? point * normal(h, bias) : 0);
  }

  private static double normal(double h, double variance) {
    return Math.exp(-0.5 * h * h / variance) / Math.sqrt(2 * Math.PI * variance);
  }

  /** The probability that v = 0. */
  double zero() {
    return bias > 0 ? 0 : point;
  }
}
