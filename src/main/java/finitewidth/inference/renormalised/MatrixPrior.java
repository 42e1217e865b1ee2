package finitewidth.inference.renormalised;

import finitewidth.inference.work.RandomStream;
import java.util.Arrays;

/**
 * The matrix Q = g F Fᵀ, F = Π_l T_l/√ν_l, before data, by its numbers: of every layer log T_ii and
 * T_ij below the diagonal, then log g. T is the triangular factor of a Wishart matrix (Bartlett
 * 1933): T_ii² is χ² with ν − i degrees of freedom, i from 0, and T_ij standard normal.
 */
final class MatrixPrior {
  private final ScaleShape shape;
  private final int outputs;
  private final int each;
  private final int size;

  private final double[] product;
  private final double[] factor;
  private final double[] next;

  MatrixPrior(ScaleShape shape, int outputs) {
    this.shape = shape;
    this.outputs = outputs;
    each = outputs * (outputs + 1) / 2;
    size = each * shape.nu().length + (shape.u() > 0 ? 1 : 0);
    product = new double[outputs * outputs];
    factor = new double[outputs * outputs];
    next = new double[outputs * outputs];
  }

  double[] draw(RandomStream random) {
    double[] state = new double[size];
    int at = 0;
    for (double nu : shape.nu()) {
      for (int i = 0; i < outputs; i++) {
        state[at++] = 0.5 * Math.log(2 * random.gamma(0.5 * (nu - i)));
      }
      for (int k = outputs; k < each; k++) {
        state[at++] = random.normal();
      }
    }
    if (shape.u() > 0) {
      state[at] = Math.log(shape.u() * random.gamma(1 / shape.u()));
    }
    return state;
  }

  /** The log density, but for a constant. */
  double log(double[] state) {
    double sum = 0;
    int at = 0;
    for (double nu : shape.nu()) {
      for (int i = 0; i < outputs; i++, at++) {
        sum += (nu - i) * state[at] - 0.5 * Math.exp(2 * state[at]);
      }
      for (int k = outputs; k < each; k++, at++) {
        sum -= 0.5 * state[at] * state[at];
      }
    }
    return shape.u() > 0 ? sum + (state[at] - Math.exp(state[at])) / shape.u() : sum;
  }

  /** Q, [row · m + column]. */
  void matrix(double[] state, double[] to) {
    Arrays.fill(product, 0);
    for (int i = 0; i < outputs; i++) {
      product[i * outputs + i] = shape.u() > 0 ? Math.exp(0.5 * state[size - 1]) : 1;
    }
    int at = 0;
    for (double nu : shape.nu()) {
      double scale = 1 / Math.sqrt(nu);
      Arrays.fill(factor, 0);
      for (int i = 0; i < outputs; i++) {
        factor[i * outputs + i] = scale * Math.exp(state[at++]);
      }
      for (int i = 0; i < outputs; i++) {
        for (int j = 0; j < i; j++) {
          factor[i * outputs + j] = scale * state[at++];
        }
      }
      multiply(product, factor, next);
      System.arraycopy(next, 0, product, 0, next.length);
    }
    for (int i = 0; i < outputs; i++) {
      for (int j = 0; j < outputs; j++) {
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
          sum += product[i * outputs + k] * product[j * outputs + k];
        }
        to[i * outputs + j] = sum;
      }
    }
  }

  private void multiply(double[] a, double[] b, double[] to) {
    for (int i = 0; i < outputs; i++) {
      for (int j = 0; j < outputs; j++) {
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
          sum += a[i * outputs + k] * b[k * outputs + j];
        }
        to[i * outputs + j] = sum;
      }
    }
  }
}
