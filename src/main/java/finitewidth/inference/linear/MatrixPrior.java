package finitewidth.inference.linear;

import finitewidth.inference.work.RandomStream;
import finitewidth.linalg.Matrix;
import finitewidth.linalg.SymmetricEigen;
import finitewidth.prior.Widths;
import java.io.Serializable;
import org.hipparchus.special.Gamma;

/**
 * The prior of the matrix of scales of m outputs, Ω = F Fᵀ, F = Π_l T_l/√n_l over all hidden layers
 * l, T_l the lower Bartlett factor of Wishart_m(n_l): T_ii² ~ χ²_{n_l − i} for i = 0 … m−1,
 * standard normal numbers below. A layer of n_l &lt; m neurons has a whole matrix of m × n_l normal
 * numbers instead, and Ω is singular.
 *
 * <p>Coordinates are log T_ii² and the normal numbers, layer by layer: they are independent, and
 * their distributions near to Gaussians.
 */
final class MatrixPrior implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int outputs;
  private final double[] widths;
  private final int[] first;

  MatrixPrior(int outputs, Widths widths) {
    this.outputs = outputs;
    this.widths = widths.toArray();
    first = new int[this.widths.length + 1];
    for (int l = 0; l < this.widths.length; l++) {
      first[l + 1] =
          first[l] + (isNarrow(l) ? outputs * (int) this.widths[l] : outputs * (outputs + 1) / 2);
    }
  }

  /** Whether a layer has no Bartlett factor. */
  private boolean isNarrow(int l) {
    return widths[l] <= outputs - 1;
  }

  /** How many coordinates there are. */
  int size() {
    return first[widths.length];
  }

  /** Draws coordinates. */
  void draw(RandomStream random, double[] to) {
    for (int l = 0; l < widths.length; l++) {
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
        to[at++] = logChiSquare(random, widths[l] - i);
      }
    }
  }

  /** log χ²_k for any k above 0, by Marsaglia and Tsang's method. */
  private static double logChiSquare(RandomStream random, double k) {
    double shape = 0.5 * k;
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
        return Math.log(2 * d * v) + boost;
      }
    }
  }

  /** The log density of coordinates. */
  double logDensity(double[] at) {
    double sum = 0;
    for (int l = 0; l < widths.length; l++) {
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
        double half = 0.5 * (widths[l] - i);
        double log = at[k++];
        sum += half * (log - Math.log(2)) - 0.5 * Math.exp(log) - Gamma.logGamma(half);
      }
    }
    return sum;
  }

  private static double logNormal(double x) {
    return -0.5 * x * x - 0.5 * Math.log(2 * Math.PI);
  }

  /**
   * Ω = O diag(ω) Oᵀ at coordinates.
   *
   * @param vectors receives O, one eigenvector a column
   * @param scales receives ω
   */
  void matrix(double[] at, double[] vectors, double[] scales) {
    Matrix product = factor(0, at);
    for (int l = 1; l < widths.length; l++) {
      product = times(product, factor(l, at));
    }
    Matrix square = Matrix.zeros(outputs, outputs);
    for (int i = 0; i < outputs; i++) {
      for (int j = 0; j < outputs; j++) {
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
          sum += product.get(i, k) * product.get(j, k);
        }
        square.set(i, j, sum);
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(square);
    System.arraycopy(eigen.vectors().data(), 0, vectors, 0, vectors.length);
    for (int i = 0; i < outputs; i++) {
      // Below zero by rounding alone.
      scales[i] = Math.max(0, eigen.values()[i]);
    }
  }

  private Matrix factor(int l, double[] at) {
    Matrix factor = Matrix.zeros(outputs, outputs);
    double root = 1 / Math.sqrt(widths[l]);
    int k = first[l];
    int columns = (int) Math.min(outputs, widths[l]);
    for (int i = 0; i < outputs; i++) {
      if (isNarrow(l)) {
        for (int j = 0; j < columns; j++) {
          factor.set(i, j, root * at[k++]);
        }
        continue;
      }
      for (int j = 0; j < i; j++) {
        factor.set(i, j, root * at[k++]);
      }
      factor.set(i, i, root * Math.exp(0.5 * at[k++]));
    }
    return factor;
  }

  private static Matrix times(Matrix a, Matrix b) {
    int n = a.rows();
    Matrix product = Matrix.zeros(n, n);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        for (int j = 0; j < n; j++) {
          product.add(i, j, a.get(i, k) * b.get(k, j));
        }
      }
    }
    return product;
  }
}
