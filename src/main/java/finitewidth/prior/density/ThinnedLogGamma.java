package finitewidth.prior.density;

/**
 * ReLU neurons: k of n are active, k binomial with ½, and e^t = 2χ²_k/n. All n are silent with
 * probability 2^−n.
 */
final class ThinnedLogGamma implements LogFactor {
  /** Terms so much below the largest, in logarithms, are left out. */
  private static final double NEGLIGIBLE = 45;

  private final int width;

  /** By k: log of the binomial weight, with the constant of the density for k ≥ 1. */
  private final double[] constant;

  private final double silent;

  private ThinnedLogGamma(int width, double[] constant, double silent) {
    this.width = width;
    this.constant = constant;
    this.silent = silent;
  }

  static ThinnedLogGamma of(int width) {
    // By ratios from the middle outward, then made to sum to one: no large logarithms cancel.
    double[] weight = new double[width + 1];
    int middle = width / 2;
    weight[middle] = 0;
    for (int k = middle; k < width; k++) {
      weight[k + 1] = weight[k] + Math.log((width - k) / (k + 1.0));
    }
    for (int k = middle; k > 0; k--) {
      weight[k - 1] = weight[k] + Math.log(k / (width - k + 1.0));
    }
    double sum = 0;
    for (double w : weight) {
      sum += Math.exp(w);
    }
    double norm = Math.log(sum);
    double[] constant = new double[width + 1];
    for (int k = 1; k <= width; k++) {
      constant[k] = weight[k] - norm + LogGamma.constant(0.5 * k);
    }
    return new ThinnedLogGamma(width, constant, Math.exp(weight[0] - norm));
  }

  @Override
  public double logDensity(double t) {
    int top = Math.max(1, width / 2);
    double most = term(top, t);
    // Terms rise to one maximum and fall.
    for (double next; top < width && (next = term(top + 1, t)) > most; top++) {
      most = next;
    }
    for (double next; top > 1 && (next = term(top - 1, t)) > most; top--) {
      most = next;
    }
    double sum = 1;
    for (int k = top + 1; k <= width; k++) {
      double term = term(k, t) - most;
      if (term < -NEGLIGIBLE) {
        break;
      }
      sum += Math.exp(term);
    }
    for (int k = top - 1; k >= 1; k--) {
      double term = term(k, t) - most;
      if (term < -NEGLIGIBLE) {
        break;
      }
      sum += Math.exp(term);
    }
    return most + Math.log(sum);
  }

  /** log(2χ²_k/n) = log(χ²_k/k) + log(2k/n). */
  private double term(int k, double t) {
    return LogGamma.logDensity(0.5 * k, constant[k], t + Math.log(0.5 * width / k));
  }

  @Override
  public double silent() {
    return silent;
  }

  @Override
  public int leastShape() {
    return 1;
  }
}
