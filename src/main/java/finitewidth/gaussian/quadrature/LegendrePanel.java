package finitewidth.gaussian.quadrature;

import finitewidth.gaussian.lanes.GaussLegendre;
import java.util.function.DoubleUnaryOperator;

/**
 * A function on an interval by its values at {@value #NODES} Gauss–Legendre nodes, that is by a
 * polynomial of degree {@value #NODES} − 1 in Legendre's form.
 */
final class LegendrePanel {
  static final int NODES = 16;

  /** Derivatives at ends are those of the polynomial without its last terms, which are noise. */
  private static final int KEPT = 12;

  private static final GaussLegendre RULE = GaussLegendre.of(NODES);

  /** [n][i]: (2n + 1) w_i P_n(x_i), so that coefficient n is the sum over i with values. */
  private static final double[][] PROJECTION = projection();

  private LegendrePanel() {}

  private static double[][] projection() {
    double[][] projection = new double[NODES][NODES];
    for (int i = 0; i < NODES; i++) {
      double x = 2 * RULE.nodes()[i] - 1;
      double before = 0;
      double p = 1;
      for (int n = 0; n < NODES; n++) {
        projection[n][i] = (2 * n + 1) * RULE.weights()[i] * p;
        double next = ((2 * n + 1) * x * p - n * before) / (n + 1);
        before = p;
        p = next;
      }
    }
    return projection;
  }

  /** Node i of [low, high]. */
  static double node(double low, double high, int i) {
    return low + (high - low) * RULE.nodes()[i];
  }

  /** Weight i of an interval of length one. */
  static double weight(int i) {
    return RULE.weights()[i];
  }

  /** Values at the nodes of [low, high], put to {@code values} from {@code at} on. */
  static void fill(DoubleUnaryOperator f, double low, double high, double[] values, int at) {
    for (int i = 0; i < NODES; i++) {
      values[at + i] = f.applyAsDouble(node(low, high, i));
    }
  }

  /** The largest of the last four coefficients: what the next ones may be. */
  static double remainder(double[] values, int at) {
    double remainder = 0;
    for (int n = NODES - 4; n < NODES; n++) {
      remainder = Math.max(remainder, Math.abs(coefficient(values, at, n)));
    }
    return remainder;
  }

  static double largest(double[] values, int at) {
    double largest = 0;
    for (int i = 0; i < NODES; i++) {
      largest = Math.max(largest, Math.abs(values[at + i]));
    }
    return largest;
  }

  private static double coefficient(double[] values, int at, int n) {
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
      sum += PROJECTION[n][i] * values[at + i];
    }
    return sum;
  }

  /**
   * Derivative m at an end of an interval of this length.
   *
   * @param upper whether at its upper end
   */
  static double derivative(double[] values, double length, int m, boolean upper) {
    double sum = 0;
    for (int n = m; n < KEPT; n++) {
      double sign = upper || (n + m) % 2 == 0 ? 1 : -1;
      sum += sign * coefficient(values, 0, n) * endDerivative(n, m);
    }
    return sum * Math.pow(2 / length, m);
  }

  /** By how much rounding of values is larger in derivative m at an end. */
  static double amplification(double length, int m) {
    return endDerivative(KEPT - 1, m) * Math.pow(2 / length, m);
  }

  /** The m-th derivative of P_n at 1: (n + m)! / (2^m m! (n − m)!). */
  private static double endDerivative(int n, int m) {
    double product = 1;
    for (int j = 1; j <= m; j++) {
      product *= (n + j) * (double) (n - j + 1) / (2 * j);
    }
    return product;
  }

  /** Coefficients of x^j, x from −1 to 1 over the interval. */
  static double[] powers(double[] values) {
    double[] result = new double[NODES];
    double[] before = new double[NODES];
    double[] p = new double[NODES];
    p[0] = 1;
    for (int n = 0; n < NODES; n++) {
      double c = coefficient(values, 0, n);
      double[] next = new double[NODES];
      for (int j = 0; j <= n; j++) {
        result[j] += c * p[j];
      }
      for (int j = 0; j < NODES - 1; j++) {
        next[j + 1] += (2 * n + 1) * p[j] / (n + 1);
        next[j] -= n * before[j] / (n + 1);
      }
      before = p;
      p = next;
    }
    return result;
  }
}
