package finitewidth.inference.scale;

import finitewidth.inference.work.RandomStream;
import java.io.Serializable;
import java.util.Arrays;
import org.hipparchus.special.Gamma;

/**
 * The matrix of scales of m outputs before data, Q = g F Fᵀ with F = Π_l T_l/√ν_l over all hidden
 * layers l. T_l is the lower Bartlett factor of Wishart_m(ν_l): T_ii² ~ χ²_{ν_l − i} for i = 0 …
 * m−1, standard normal numbers below. A layer of ν_l &lt; m neurons has a whole matrix of m × ν_l
 * normal numbers instead, and Q is singular. The common factor g is a Gamma variable of mean 1 and
 * variance u.
 *
 * <p>Coordinates are the normal numbers and log T_ii², layer by layer and row by row, and log g
 * last where u is positive: they are independent, and their distributions near to Gaussians.
 */
public final class MatrixPrior implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int outputs;
  private final double[] nu;
  private final double common;
  private final int[] first;

  /**
   * Of layers and a common factor.
   *
   * @param nu ν of each layer, positive; a whole number where it is not above m − 1
   * @param common u, not negative
   * @param outputs m
   */
  public MatrixPrior(double[] nu, double common, int outputs) {
    this.outputs = outputs;
    this.nu = nu.clone();
    this.common = common;
    first = new int[nu.length + 1];
    for (int l = 0; l < nu.length; l++) {
      first[l + 1] = first[l] + (isNarrow(l) ? outputs * (int) nu[l] : outputs * (outputs + 1) / 2);
    }
  }

  /** Whether a layer has no Bartlett factor. */
  private boolean isNarrow(int l) {
    return nu[l] <= outputs - 1;
  }

  /** How many coordinates there are. */
  public int size() {
    return first[nu.length] + (common > 0 ? 1 : 0);
  }

  /** Draws coordinates. */
  public void draw(RandomStream random, double[] to) {
    for (int l = 0; l < nu.length; l++) {
      int at = first[l];
      if (isNarrow(l)) {
        while (at < first[l + 1]) {
          to[at++] = random.normal();
        }
        continue;
      }
      for (int i = 0; i < outputs; i++) {
        for (int j = 0; j < i; j++) {
          to[at++] = random.normal();
        }
        to[at++] = Math.log(2) + logGamma(random, 0.5 * (nu[l] - i));
      }
    }
    if (common > 0) {
      to[first[nu.length]] = Math.log(common) + logGamma(random, 1 / common);
    }
  }

  /** The logarithm of a Gamma variable of any shape above 0, by Marsaglia and Tsang's method. */
  private static double logGamma(RandomStream random, double of) {
    double shape = of;
    // Γ(a) = Γ(a + 1) U^{1/a}, in logarithms.
    double boost = 0;
    if (shape < 1) {
      boost = Math.log(1 - random.uniform()) / shape;
      shape += 1;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.normal();
      double v = 1 + c * x;
      if (v <= 0) {
        continue;
      }
      v = v * v * v;
      if (Math.log(1 - random.uniform()) < 0.5 * x * x + d * (1 - v + Math.log(v))) {
        return Math.log(d * v) + boost;
      }
    }
  }

  /** The log density of coordinates. */
  public double logDensity(double[] at) {
    double sum = 0;
    for (int l = 0; l < nu.length; l++) {
      int k = first[l];
      if (isNarrow(l)) {
        while (k < first[l + 1]) {
          sum += logNormal(at[k++]);
        }
        continue;
      }
      for (int i = 0; i < outputs; i++) {
        for (int j = 0; j < i; j++) {
          sum += logNormal(at[k++]);
        }
        double half = 0.5 * (nu[l] - i);
        double log = at[k++];
        sum += half * (log - Math.log(2)) - 0.5 * Math.exp(log) - Gamma.logGamma(half);
      }
    }
    if (common > 0) {
      double shape = 1 / common;
      double log = at[first[nu.length]];
      sum += shape * (log - Math.exp(log) + Math.log(shape)) - Gamma.logGamma(shape);
    }
    return sum;
  }

  private static double logNormal(double x) {
    return -0.5 * x * x - 0.5 * Math.log(2 * Math.PI);
  }

  /** What decomposes matrices at coordinates, for one thread. */
  public Axes axes() {
    return new Axes();
  }

  /** Q = O diag(q) Oᵀ at coordinates. Holds scratch; for one thread. */
  public final class Axes {
    private final double[] matrix = new double[outputs * outputs];
    private final double[] product = new double[outputs * outputs];
    private final double[] factor = new double[outputs * outputs];
    private final double[] next = new double[outputs * outputs];
    private final SmallEigen eigen = new SmallEigen(outputs);

    private Axes() {}

    /**
     * Decomposes.
     *
     * @param scales receives q, in no order
     * @param vectors receives O, one eigenvector a column, [row · m + column]
     */
    public void of(double[] at, double[] scales, double[] vectors) {
      matrix(at, matrix);
      eigen.of(matrix, scales, vectors);
      for (int j = 0; j < outputs; j++) {
        // Below zero by rounding alone.
        scales[j] = Math.max(0, scales[j]);
      }
    }

    /** Q, [row · m + column]. */
    void matrix(double[] at, double[] to) {
      Arrays.fill(product, 0);
      for (int i = 0; i < outputs; i++) {
        product[i * outputs + i] = common > 0 ? Math.exp(0.5 * at[first[nu.length]]) : 1;
      }
      for (int l = 0; l < nu.length; l++) {
        fill(l, at);
        multiply(product, factor, next, false);
        System.arraycopy(next, 0, product, 0, next.length);
      }
      multiply(product, product, to, true);
    }

    private void fill(int l, double[] at) {
      Arrays.fill(factor, 0);
      double root = 1 / Math.sqrt(nu[l]);
      int k = first[l];
      int columns = (int) Math.min(outputs, nu[l]);
      for (int i = 0; i < outputs; i++) {
        int below = isNarrow(l) ? columns : i;
        for (int j = 0; j < below; j++) {
          factor[i * outputs + j] = root * at[k++];
        }
        if (!isNarrow(l)) {
          factor[i * outputs + i] = root * Math.exp(0.5 * at[k++]);
        }
      }
    }

    private void multiply(double[] a, double[] b, double[] to, boolean transposed) {
      for (int i = 0; i < outputs; i++) {
        for (int j = 0; j < outputs; j++) {
          double sum = 0;
          for (int k = 0; k < outputs; k++) {
            sum += a[i * outputs + k] * (transposed ? b[j * outputs + k] : b[k * outputs + j]);
          }
          to[i * outputs + j] = sum;
        }
      }
    }
  }
}
