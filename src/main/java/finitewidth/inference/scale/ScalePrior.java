package finitewidth.inference.scale;

import java.util.Arrays;
import org.hipparchus.special.Gamma;

/**
 * The prior of u = log Q on a grid, Q a product of independent Gamma variables of shape ν_l/2 and
 * mean 1. One factor has the log density (ν/2)(u − eᵘ) + (ν/2) log(ν/2) − log Γ(ν/2); of several
 * the densities are convolved by sums over the grid, which for densities as smooth as these
 * converge faster than any power of the step.
 *
 * <p>All is done with logarithms, so that tails hundreds of nats below the maximum are right: the
 * data may ask for a scale there. Densities of log Gamma variables are log-concave, and so are
 * their convolutions; sums are taken outwards from their largest term.
 *
 * @param first number of the first node: node k is at u = (first + k) · step
 * @param logDensity of u at the nodes
 */
public record ScalePrior(double step, int first, double[] logDensity) {
  /** Terms of a sum that are so many nats below the largest are left out. */
  private static final double NEGLIGIBLE = 45;

  /** From where on Stirling's series has all digits. */
  private static final double LARGE = 30;

  /** A grid of more nodes than this is a mistake of the caller. */
  private static final double MOST_NODES = 1 << 24;

  /**
   * The prior on all nodes where it is at most so many nats below its maximum.
   *
   * @param nu ν of each factor, positive
   */
  public static ScalePrior of(double[] nu, double step, double drop) {
    ScalePrior product = factor(nu[0], step, drop);
    for (int l = 1; l < nu.length; l++) {
      product = product.times(factor(nu[l], step, drop)).within(drop);
    }
    return product;
  }

  private static ScalePrior factor(double nu, double step, double drop) {
    int first = edge(nu, step, drop, -1);
    int last = edge(nu, step, drop, 1);
    double constant = constant(0.5 * nu);
    double[] density = new double[last - first + 1];
    for (int k = 0; k < density.length; k++) {
      density[k] = constant + relative(nu, (first + k) * step);
    }
    return new ScalePrior(step, first, density);
  }

  /** The log density relative to its maximum, which is at 0. */
  private static double relative(double nu, double u) {
    return 0.5 * nu * (u - Math.expm1(u));
  }

  /** The log density at its maximum, x log x − x − log Γ(x) for x = ν/2. */
  private static double constant(double x) {
    if (x < LARGE) {
      return x * Math.log(x) - x - Gamma.logGamma(x);
    }
    double inverse = 1 / x;
    double square = inverse * inverse;
    return 0.5 * Math.log(x / (2 * Math.PI))
        - inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
  }

  /** The last node on one side that is not too far below. */
  private static int edge(double nu, double step, double drop, int side) {
    double inside = 0;
    double outside = 1;
    while (relative(nu, side * outside * step) > -drop) {
      inside = outside;
      outside *= 2;
      if (outside > MOST_NODES) {
        throw new IllegalArgumentException("a step of " + step + " is too small");
      }
    }
    while (outside - inside > 1) {
      double middle = Math.rint(0.5 * (inside + outside));
      if (relative(nu, side * middle * step) > -drop) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return side * (int) inside;
  }

  public int size() {
    return logDensity.length;
  }

  /** u at node k. */
  public double at(int k) {
    return (first + k) * step;
  }

  public double largest() {
    return Arrays.stream(logDensity).max().orElseThrow();
  }

  private ScalePrior times(ScalePrior other) {
    double[] a = logDensity;
    double[] b = other.logDensity;
    double[] sum = new double[a.length + b.length - 1];
    int top = 0;
    for (int i = 0; i < sum.length; i++) {
      int least = Math.max(0, i - b.length + 1);
      int most = Math.min(a.length - 1, i);
      top = Math.max(top, least);
      while (top < most && a[top + 1] + b[i - top - 1] >= a[top] + b[i - top]) {
        top++;
      }
      while (top > least && a[top - 1] + b[i - top + 1] > a[top] + b[i - top]) {
        top--;
      }
      double largest = a[top] + b[i - top];
      double relative = 1;
      for (int j = top + 1; j <= most && a[j] + b[i - j] > largest - NEGLIGIBLE; j++) {
        relative += Math.exp(a[j] + b[i - j] - largest);
      }
      for (int j = top - 1; j >= least && a[j] + b[i - j] > largest - NEGLIGIBLE; j--) {
        relative += Math.exp(a[j] + b[i - j] - largest);
      }
      sum[i] = largest + Math.log(relative * step);
    }
    return new ScalePrior(step, first + other.first, sum);
  }

  private ScalePrior within(double drop) {
    double least = largest() - drop;
    int from = 0;
    while (logDensity[from] < least) {
      from++;
    }
    int to = logDensity.length;
    while (logDensity[to - 1] < least) {
      to--;
    }
    return new ScalePrior(step, first + from, Arrays.copyOfRange(logDensity, from, to));
  }
}
